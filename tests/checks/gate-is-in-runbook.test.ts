import { gateIsInRunbook } from "../../checks/gate-is-in-runbook";
import { queryOf } from "../../model/query";
import type { Rollout } from "../../model/rollout";
import { testCheck } from "./rows";

const gate = { title: "Ready", reason: "x", holds: { atLeast: 1 } };
const rollout: Rollout = {
  controllers: ["ex-0"],
  before: [{ ...gate, type: "promql", id: "ready", query: queryOf("up") }],
  drain: { mark: "update a", undo: "update b", gates: [], deadlineMinutes: 1 },
  after: [{ ...gate, type: "sql", id: "registered", sql: "select 1", seenAs: { query: queryOf("up"), holds: { atLeast: 1 } } }],
  panels: [],
};
const blocks = ["promql gate=ex/before/ready", "sql gate=ex/after/registered", "sql drain=ex/mark", "sql drain=ex/undo"];
const written = (infos: readonly string[]) => (text: string) =>
  [text, ...infos.map((info) => `\`\`\`${info}\n\`\`\``)].join("\n\n");

testCheck(gateIsInRunbook, {
  accepted: [{ name: "a rollout whose blocks are all there", service: { rollout }, markdown: written(blocks) }],
  reported: [
    {
      name: "a gate and a statement that are nowhere",
      service: { rollout },
      markdown: written(blocks.slice(1, 3)),
      findings: [
        "services/ex/rollout.ts ex/before/ready: stands in no runbook of ex. Add a block ```promql gate=ex/before/ready and run `npm run generate`.",
        "services/ex/rollout.ts ex/undo: stands in no runbook of ex. Add a block ```sql drain=ex/undo and run `npm run generate`.",
      ],
    },
    {
      name: "an SQL gate that is nowhere",
      service: { rollout },
      markdown: written(blocks.filter((info) => !info.includes("registered"))),
      findings: [
        "services/ex/rollout.ts ex/after/registered: stands in no runbook of ex. Add a block ```sql gate=ex/after/registered and run `npm run generate`.",
      ],
    },
  ],
});
