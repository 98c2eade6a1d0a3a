import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { z } from "zod";
import { alert } from "../../../core/model/declared-alert";
import { latency, type Seconds, type Usual } from "../../../core/model/good-day";
import { quantile } from "../../../core/model/measure";
import { nativeHistogram } from "../../../core/model/metric";
import type { Model } from "../../../core/model/model";
import { panel } from "../../../core/model/panel";
import { latencySlo } from "../../../core/model/slo";
import { withSlos } from "../../../core/model/slo-chain";
import { becomes, of, replace, unreachable } from "../../../core/simulate/changes";
import { targetsOf } from "../../../core/simulate/convention";
import { inTemporaryFolder } from "../../../core/simulate/local-server";
import { playAll } from "../../../core/simulate/run";
import { scrapeAll } from "../../../core/simulate/scrape";
import type { Situation } from "../../../core/simulate/situation";
import { standardSituations } from "../../../core/simulate/standard";
import { goodDay, type World } from "../../../core/simulate/world";
import { startWrittenPrometheus, writeSeries } from "../../../core/simulate/written-prometheus";
import { prometheus } from "../../tools/prometheus";
import { promtool } from "../../tools/promtool";
import { deepAlert, exampleModel } from "../checks/example";

const labels = { status: ["success", "failure"] } as const;
const handling = nativeHistogram("ex_handling_seconds", { help: "Time.", labels });
const { runbook } = deepAlert;
const view = { convention: "plain", scrapeSeconds: 15 } as const;
const minute = 60;

const takes = (seconds: Seconds): Usual => latency(handling, { status: "success" }, { perMinute: 600, seconds });
/** One in a hundred is slow: within the objective. */
const usual: Seconds = [
  [0.99, 0.02],
  [0.01, 0.4],
];

function makeModel(): Model {
  const slow = panel("slow", { title: "Slow", description: "The slowest.", of: quantile(0.95, handling, { by: ["status"] }) });
  const watch = alert("EXSlow", {
    panel: slow,
    above: 0.5,
    for: "5m",
    severity: "page",
    summary: "{status} takes {value}",
    impact: "Waiting.",
    runbook,
  });
  const [service] = exampleModel({ metrics: { handling } }).services;
  const [dashboard] = service?.dashboards ?? [];
  assert.ok(service && dashboard);
  const objective = latencySlo("ex-handling", {
    title: "Handling",
    histogram: handling,
    thresholdSeconds: 0.25,
    objective: 0.95,
    impact: "Waiting.",
    runbook,
  });
  const whole = withSlos({
    ...service,
    recordingRules: [],
    dashboards: [{ ...dashboard, rows: [{ title: "Row", panels: [slow] }] }],
    alerts: [watch],
    slos: [objective],
    goodDay: { traffic: [takes(usual)], background: [] },
  });
  return exampleModel({ model: { services: [whole] } });
}

const model = makeModel();
const [service] = model.services;
assert.ok(service);

const from0 = (world: World, seconds: Seconds): World => becomes(world, of(service), 0, [takes(seconds)]);

async function toldIn(situation: Situation): Promise<readonly string[]> {
  const [played] = await playAll(model, [{ situation, view }], { promtool: await promtool(), processes: 1 });
  assert.ok(played);
  assert.deepEqual(played.complaints, []);
  return [...new Set(played.notifications.map(({ alert: { labels: own } }) => `${own["severity"]} ${own["alertname"]}`))].sort();
}

const slowDay = (seconds: Seconds): Situation => ({
  id: "ex/slow-day",
  title: "everything is slow",
  service: "ex",
  historySeconds: 10 * minute,
  lastsSeconds: 20 * minute,
  views: [view],
  world: () => from0(goodDay(model.services), seconds),
  expect: {
    type: "told",
    pages: [
      { anyOf: ["EXSlow"], within: "7m" },
      { anyOf: ["EXHandlingBurnMedium"], within: "15m" },
    ],
    warnings: [],
    butMay: ["EXHandlingBurnSlow", "EXHandlingBurnSlowest"],
  },
});

describe("a simulated native histogram", () => {
  for (const id of ["good-day", "one-failed-scrape", "rolling-update", "one-crash"])
    it(`is silent: ${id}`, async () => {
      const situation = standardSituations(service, model.services).find((each) => each.id === `ex/${id}`);
      assert.ok(situation);
      assert.deepEqual(await toldIn({ ...situation, expect: { type: "nothing" } }), []);
    });

  it("pages when everything takes too long, by its quantile and by its objective", async () => {
    const told = await toldIn(slowDay(2));
    assert.ok(told.includes("page EXHandlingBurnMedium") && told.includes("page EXSlow"), told.join(", "));
  });

  it("pages by its objective alone when most of it is just too slow", async () => {
    const seconds = [[0.4, 0.02], [0.6, 0.3]] as const; // prettier-ignore
    const pages = [{ anyOf: ["EXHandlingBurnMedium"], within: "20m" }] as const;
    const expect = { type: "told", pages, warnings: [], butMay: ["EXHandlingBurnSlow", "EXHandlingBurnSlowest"] } as const;
    const told = await toldIn({ ...slowDay(seconds), expect });
    assert.ok(told.includes("page EXHandlingBurnMedium") && !told.includes("page EXSlow"), told.join(", "));
  });
});

const questions = [
  "histogram_quantile(0.95, sum(rate(ex_handling_seconds[5m])))",
  "histogram_fraction(0, 0.25, sum(rate(ex_handling_seconds[5m])))",
  "histogram_avg(sum(rate(ex_handling_seconds[5m])))",
  "sum(histogram_count(increase(ex_handling_seconds[10m])))",
  "count(ex_handling_seconds)",
  "sum(histogram_sum(ex_handling_seconds))",
];
const moments = [-300, 60, 150, 330, 600];
const answer = z.object({ data: z.object({ result: z.array(z.object({ value: z.tuple([z.number(), z.string()]) })) }) });

it("Prometheus makes of what is written to it what promtool makes of what is written for it", async () => {
  const world = (): World => {
    const slow = from0(goodDay(model.services), [[0.5, 0], [0.3, 0.3], [0.2, 7]]); // prettier-ignore
    const failing = unreachable(slow, of(service), { from: 90, until: 150 });
    return replace(failing, of(service), () => ({ at: 400, oldUntil: 430 }));
  };
  const situation = { ...slowDay(1), world, lastsSeconds: 10 * minute };
  const ask = () => questions.flatMap((expr) => moments.map((second) => ({ id: `q${questions.indexOf(expr)}`, expr, second })));
  const [played] = await playAll(model, [{ situation, view }], { promtool: await promtool(), processes: 1, ask });
  const byPromtool = questions.map((expr, index) => [
    expr,
    moments.map((second) => played?.answers.get(`q${index}`)?.find((sample) => sample.second === second)?.value),
  ]);
  const stored = scrapeAll(targetsOf(world(), "plain"), {
    everySeconds: 15,
    historySeconds: 600,
    lastsSeconds: 600,
    missing: [],
  });
  const byPrometheus = await inTemporaryFolder(async (folder) => {
    const server = await startWrittenPrometheus({ command: await prometheus(), folder, configuration: "{}", args: [] });
    try {
      const begun = Date.now() - 1_200_000;
      await writeSeries(server, stored, (second) => begun + second * 1000);
      const value = async (query: string, second: number): Promise<number | undefined> => {
        const time = String(begun / 1000 + second);
        const response = await fetch(`${server.url}/api/v1/query?${new URLSearchParams({ query, time }).toString()}`);
        const [first] = answer.parse(await response.json()).data.result;
        return first && Number(first.value[1]);
      };
      return await Promise.all(
        questions.map(async (expr) => [expr, await Promise.all(moments.map((each) => value(expr, each)))]),
      );
    } finally {
      server.stop();
    }
  });
  assert.deepEqual(rounded(byPrometheus), rounded(byPromtool));
  const text = JSON.stringify(byPrometheus);
  assert.ok(!text.includes("NaN"), text);
});

function rounded(answers: unknown): unknown {
  return JSON.parse(JSON.stringify(answers), (_, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(9)) : value,
  );
}
