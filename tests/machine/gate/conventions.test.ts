import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { forController, gatesOf, type Gate, type Limit } from "../../../core/model/rollout";
import { rollout as gcRollout } from "../../../services/gc/rollout";
import { rollout as mcRollout } from "../../../services/mc/rollout";
import { temporaryFolder } from "../temporary-folder";
import { promtool } from "../../tools/promtool";
import type { GateSituation } from "./gate-situation";
import { gateSituations } from "./gate-situations";
import { pods, seriesOf, type Convention } from "./live-series";
import type { TestSeries } from "./prometheus-server";

const folder = temporaryFolder();
const rollouts = { gc: gcRollout, mc: mcRollout };
const historySeconds = 360;

/** Evaluated at a scrape and just before the next one. */
function moments(interval: number): readonly string[] {
  return [`${historySeconds}s`, `${historySeconds + interval - 1}s`];
}

interface Asked {
  readonly interval: number;
  readonly gates: readonly Gate[];
  readonly controller: string;
  readonly closed: GateSituation["closed"];
}

/** A test of promtool: these gates have these verdicts in what was scraped every so many seconds. */
function testOf(name: string, series: readonly TestSeries[], { interval, gates, controller, closed }: Asked): object {
  return {
    name,
    interval: `${interval}s`,
    input_series: series.map(({ name: metric, labels, valueAt }) => ({
      series: `${metric}{${Object.entries(labels)
        .filter(([, value]) => value !== "")
        .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
        .join(",")}}`,
      values: Array.from({ length: historySeconds / interval + 1 }, (_, scrape) => {
        const value = valueAt(scrape * interval - historySeconds);
        return value === "stale" ? value : value.toFixed(3);
      }).join(" "),
    })),
    promql_expr_test: gates.flatMap((gate) =>
      gate.type === "promql"
        ? moments(interval).map((eval_time) => ({
            expr: `label_replace((${forController(gate.query.expr, controller)}) ${comparison(gate.holds)}, "gate", "${gate.id}", "", "")`,
            eval_time,
            exp_samples: expected(closed[gate.id] ?? "holds").map((value) => ({ labels: `{gate="${gate.id}"}`, value })),
          }))
        : [],
    ),
  };
}

function comparison(holds: Limit): string {
  return "atLeast" in holds ? `>= bool ${holds.atLeast}` : `< bool ${holds.below}`;
}

/** "Cannot tell" is no sample: grey on the dashboard. */
function expected(verdict: string): readonly number[] {
  if (verdict === "cannot tell") return [];
  return [verdict === "holds" ? 1 : 0];
}

async function run(tests: readonly object[], name: string): Promise<string> {
  const file = join(folder, `${name}.yaml`);
  writeFileSync(file, stringify({ evaluation_interval: "15s", tests }));
  const { stdout, stderr, error } = spawnSync(await promtool(), ["test", "rules", file], { encoding: "utf8" });
  if (error) throw error;
  return stdout + stderr;
}

function asRun(situations: readonly GateSituation[], convention: Convention, interval: number): readonly object[] {
  return situations.map(({ name, service, phase, series = {}, closed }) => {
    const rollout = rollouts[service];
    const [controller = ""] = rollout.controllers;
    return testOf(name, seriesOf(series, convention), { interval, gates: gatesOf(rollout, phase), controller, closed });
  });
}

describe("the gates of a rollout", () => {
  for (const convention of ["plain", "operator", "both"] as const)
    for (const interval of [15, 60])
      it(`are the same with the labels of ${convention} scraped every ${interval} s`, async () => {
        const printed = await run(asRun(gateSituations, convention, interval), `${convention}-${interval}`);
        assert.match(printed, /^ {2}SUCCESS$/m);
        assert.doesNotMatch(printed, /FAILED/, printed);
      });

  it("cannot tell a new pod from one that had its address until just now, where series carry nothing else", async () => {
    const { mc0, mc1 } = pods;
    const gone = { ...mc0, name: "mc-0-6b5f7c8d9-z9y8x", isScraped: false, isListed: false };
    const situation: GateSituation = {
      name: "an address that has a second owner",
      service: "mc",
      phase: "after",
      series: { mc: [gone, { ...mc0, age: 60 }, mc1] },
      closed: { heartbeats: "cannot tell" },
      code: 2,
    };
    const plain = await run(asRun([situation], "plain", 15), "address-plain");
    assert.doesNotMatch(plain, /FAILED/, plain);
    const operator = await run(asRun([{ ...situation, closed: {} }], "operator", 15), "address-operator");
    assert.doesNotMatch(operator, /FAILED/, operator);
  });
});
