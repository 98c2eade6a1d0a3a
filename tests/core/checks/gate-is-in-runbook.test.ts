import { gateIsInRunbook } from "../../../core/checks/gate-is-in-runbook";
import { queryOf } from "../../../core/model/query";
import type { Rollout } from "../../../core/model/rollout";
import { testCheck } from "./rows";

const gate = { title: "Ready", reason: "x", holds: { atLeast: 1 } };
const seenAs = { title: "Up", description: "x", query: queryOf("up") };
const rollout: Rollout = {
  controllers: ["ex-0"],
  before: [{ ...gate, type: "promql", id: "ready", query: queryOf("up") }],
  drain: { mark: "update a", undo: "update b", gates: [], deadlineMinutes: 1 },
  after: [{ ...gate, type: "sql", id: "registered", sql: "select 1", seenAs }],
  replaced: queryOf("up"),
  panels: [],
};
const { drain: _none, ...withoutDrain } = rollout;
const blocks = [
  "bash run=ex/before",
  "promql gate=ex/before/ready",
  "bash run=ex/drain",
  "sql drain=ex/mark",
  "bash run=ex/undo",
  "sql drain=ex/undo",
  "bash run=ex/after",
  "sql gate=ex/after/registered",
];
const fenced = (infos: readonly string[]): string => infos.map((info) => `\`\`\`${info}\n\`\`\``).join("\n\n");
const written = (infos: readonly string[]) => (text: string) => `${text}\n\n## Rollout\n\n${fenced(infos)}`;
const without = (...gone: readonly string[]) => written(blocks.filter((info) => !gone.includes(info)));

testCheck(gateIsInRunbook, {
  accepted: [
    { name: "a rollout whose blocks are all there", service: { rollout }, markdown: written(blocks) },
    {
      name: "a rollout that has nothing to drain",
      service: { rollout: withoutDrain },
      markdown: written(blocks.filter((info) => !/drain|undo/.test(info))),
    },
    {
      name: "a gate that stands a second time, before its command",
      service: { rollout },
      markdown: written(["promql gate=ex/before/ready", ...blocks]),
    },
  ],
  reported: [
    {
      name: "a gate and a statement that are nowhere",
      service: { rollout },
      markdown: without("promql gate=ex/before/ready", "sql drain=ex/undo"),
      findings: [
        "services/ex/rollout.ts ex/before/ready: stands in no runbook of ex. Add a block ```promql gate=ex/before/ready and run `npm run generate`.",
        "services/ex/rollout.ts ex/undo: stands in no runbook of ex. Add a block ```sql drain=ex/undo and run `npm run generate`.",
      ],
    },
    {
      name: "an SQL gate that is nowhere",
      service: { rollout },
      markdown: without("sql gate=ex/after/registered"),
      findings: [
        "services/ex/rollout.ts ex/after/registered: stands in no runbook of ex. Add a block ```sql gate=ex/after/registered and run `npm run generate`.",
      ],
    },
    {
      name: "a command that is nowhere",
      service: { rollout },
      markdown: without("bash run=ex/drain"),
      findings: [
        "services/ex/rollout.ts ex/drain: stands in no runbook of ex. Add a block ```bash run=ex/drain and run `npm run generate`.",
      ],
    },
    {
      name: "a statement that is shown before the safe command",
      service: { rollout },
      markdown: (text) => written(["sql drain=ex/mark", ...blocks.filter((info) => info !== "sql drain=ex/mark")])(text),
      findings: [
        "services/ex/rollout.ts ex/mark: does not stand below ```bash run=ex/drain in the same section, where the safe command comes first.",
      ],
    },
    {
      name: "a gate in another section than its command",
      service: { rollout },
      markdown: (text) =>
        `${without("sql gate=ex/after/registered")(text)}\n\n## Elsewhere\n\n${fenced(["sql gate=ex/after/registered"])}`,
      findings: [
        "services/ex/rollout.ts ex/after/registered: does not stand below ```bash run=ex/after in the same section, where the safe command comes first.",
      ],
    },
  ],
});
