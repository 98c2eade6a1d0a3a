import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readEvaluatedRules } from "../../../core/load/files/evaluated-rules";
import { hasTwins, prepareStates, readStates, type Conditions, type Evaluations, type Result } from "../../../core/replay/states";
import { runPlays } from "../../../core/simulate/promtool-runs";
import { temporaryFolder } from "../../machine/temporary-folder";
import { promtool } from "../../tools/promtool";

const from = 1_764_000_000;

/** A result that is there at some steps. */
function result(labels: Readonly<Record<string, string>>, steps: readonly number[], every: number, value = 1): Result {
  return { labels, samples: steps.map((step) => [from + step * every, value]) };
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

function conditions(rule: object, ...results: readonly Result[]): Conditions {
  const [read] = readEvaluatedRules([{ name: "g", rules: [rule] }]);
  if (!read) throw new Error("The rule is not whole.");
  return { rule: read, results };
}

/** Firing from which step until which, with the labels beside the name. */
async function firing(all: readonly Conditions[], evaluations: Evaluations): Promise<readonly string[]> {
  const folder = temporaryFolder();
  const printed = await runPlays({ promtool: await promtool(), folder }, [prepareStates(all, evaluations, "test")]);
  const step = (second: number): number => (second - from) / evaluations.everySeconds;
  return readStates(printed, evaluations, "test").map(({ labels: { alertname = "", ...labels }, ...span }) =>
    [
      alertname,
      ...Object.entries(labels).map(([label, value]) => `${label}=${value}`),
      `${step(span.from)}-${step(span.until)}`,
    ].join(" "),
  );
}

describe("the states of alerts", () => {
  it("are those of Prometheus: `for`, `keep_firing_for`, and no lookback over gaps", async () => {
    const evaluations = { from, until: from + 40 * 30, everySeconds: 30 };
    const steps = [...range(2, 6), ...range(9, 10), ...range(20, 29), ...range(31, 31)];
    const at = (labels: Readonly<Record<string, string>>): Result => result(labels, steps, 30);
    assert.deepEqual(
      await firing(
        [
          conditions({ alert: "Now", expr: "x" }, at({})),
          conditions({ alert: "Held", expr: "x", for: "2m" }, at({ pod: "a" })),
          conditions({ alert: "Kept", expr: "x", keep_firing_for: "90s" }, at({})),
          conditions({ alert: "Ends", expr: "x", for: "1m" }, result({}, range(38, 40), 30)),
        ],
        evaluations,
      ),
      [
        "Now 2-7",
        "Kept 2-14",
        "Held pod=a 6-7",
        "Now 9-11",
        "Now 20-30",
        "Kept 20-35",
        "Held pod=a 24-30",
        "Now 31-32",
        "Ends 40-Infinity",
      ],
    );
  });

  it("have the labels that templates give, and the values of series whatever is in them", async () => {
    const odd = 'a "b", {c} \\ ü\n';
    const told = await firing(
      [
        conditions(
          {
            alert: "Odd",
            expr: "x",
            labels: { severity: "{{ if gt $value 5.0 }}page{{ else }}info{{ end }}", who: "{{ $labels.pod }}" },
          },
          result({ __name__: "x", pod: odd, "with.dot": "1" }, range(1, 2), 30, 9),
          result({ pod: "inf" }, range(1, 2), 30, -Infinity),
        ),
      ],
      { from, until: from + 120, everySeconds: 30 },
    );
    assert.deepEqual([...told].sort(), [
      `Odd pod=${odd} severity=page who=${odd} with.dot=1 1-3`,
      "Odd pod=inf severity=info who=inf 1-3",
    ]);
  });

  it("are told over weeks, and at fractions of a second", async () => {
    const hourly = { from, until: from + 24 * 15 * 3600, everySeconds: 3600 };
    assert.deepEqual(await firing([conditions({ alert: "Long", expr: "x" }, result({}, range(168, 340), 3600))], hourly), [
      "Long 168-341",
    ]);
    const quick = { from, until: from + 10, everySeconds: 0.5 };
    assert.deepEqual(await firing([conditions({ alert: "Quick", expr: "x", for: "1s" }, result({}, range(3, 7), 0.5))], quick), [
      "Quick 5-8",
    ]);
  });

  it("are none where two results are one alert: Prometheus fails then", () => {
    assert.equal(hasTwins([result({ __name__: "a", x: "1" }, [1], 30), result({ x: "1", __name__: "b" }, [1], 30)]), true);
    assert.equal(hasTwins([result({ x: "1" }, [1], 30), result({ x: "2" }, [1], 30)]), false);
  });
});
