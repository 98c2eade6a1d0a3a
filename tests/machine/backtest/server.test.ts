import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { BoundedServer, usualLimits } from "../../../machine/backtest/bounded-server";
import { runBacktest, type BacktestRequest } from "../../../machine/backtest/run-backtest";
import { play } from "../prometheus/playing-server";
import { during, evaluators, filledPrometheus, from, hour, minute, rules, series, until } from "./filled-prometheus";

const target = { job: "mc", instance: "a" };
const head = rules([{ alert: "Deep", expr: "mc_depth > 500", labels: { severity: "page" } }]);

async function backtest(request: Partial<BacktestRequest> & { readonly url: string }) {
  return runBacktest({
    days: 2,
    timeoutSeconds: 300,
    timeZone: "UTC",
    tools: await evaluators(),
    note: () => undefined,
    until,
    head,
    ...request,
  });
}

/** It is known that nothing is known: with 2, in one sentence. */
async function assertUntold(request: Parameters<typeof backtest>[0], words: RegExp): Promise<void> {
  await assert.rejects(backtest(request), (error: Error & { readonly exitCode?: number }) => {
    assert.equal(error.exitCode, 2);
    assert.match(error.message, /^Cannot tell: /);
    assert.match(error.message, words);
    return true;
  });
}

describe("a server that tells nothing", () => {
  it("is cannot tell where it answers HTML, an error, or leads to a login", async () => {
    const page = await play((response) => response.setHeader("Content-Type", "text/html").end("<html>Log in</html>"));
    await assertUntold(page, /http:\/\/127\.0\.0\.1:\d+: HTTP 200, and the answer is not that of a Prometheus/);
    const broken = await play((response) =>
      response.writeHead(422).end(JSON.stringify({ status: "error", errorType: "execution", error: "too many samples" })),
    );
    await assertUntold(broken, /execution: too many samples/);
    const login = await play((response) => response.writeHead(302, { Location: "https://login.example/" }).end());
    await assertUntold(login, /login/);
  });

  it("is cannot tell where it hangs, and where nobody listens, without its password", async () => {
    const silent = await play(() => undefined);
    await assertUntold({ ...silent, timeoutSeconds: 1 }, /no answer within|the time is up|takes longer than 1 s/);
    await assertUntold({ url: "http://reader:secret@127.0.0.1:1/" }, /^Cannot tell: http:\/\/127\.0\.0\.1:1: (?!.*secret)/);
  });

  it("is cannot tell where it warns that a part is missing", async () => {
    const partial = await play((response) =>
      response.end(
        JSON.stringify({ status: "success", warnings: ["a store is down"], data: { resultType: "matrix", result: [] } }),
      ),
    );
    await assertUntold(partial, /it warns: a store is down/);
  });

  it("is cannot tell where it has nothing of these days", async () => {
    const empty = await filledPrometheus([]);
    await assertUntold({ url: empty }, /has no sample of anything that the alerts read/);
  });
});

describe("the bounds", () => {
  it("refuse more samples, series and questions, with what to do", async () => {
    const url = await filledPrometheus([
      series("mc_depth", target, () => 1),
      series("mc_depth", { ...target, instance: "b" }, () => 1),
    ]);
    await assertUntold(
      { url, limits: { ...usualLimits, samples: 3000 } },
      /about 1 million samples, and at most 0\.003 million are read\. Ask for fewer days: --days 0\.5/,
    );
    await assertUntold({ url, limits: { ...usualLimits, series: 1 } }, /more than 1 series/);
    await assertUntold({ url, limits: { ...usualLimits, requests: 4 } }, /more than 4 questions would be needed.*--days/);
    await assertUntold({ url, limits: { ...usualLimits, bytes: 1000 } }, /more than 0 KiB/);
  });

  it("hold for a server that is asked once too often", async () => {
    const server = new BoundedServer(
      { url: "http://127.0.0.1:1", signal: new AbortController().signal },
      usualLimits,
      Date.now(),
    );
    await assert.rejects(server.matrix({ query: "up" }), /the time is up/);
  });
});

describe("a server that has less", () => {
  it("is told from when on it has data, and what it has is used", async () => {
    const late = (second: number): boolean => second >= 24 * hour;
    const url = await filledPrometheus([
      series("up", target, (second) => (late(second) ? 1 : undefined)),
      series("mc_depth", target, (second) => (late(second) ? (during(second, 30 * hour, 10) ? 900 : 1) : undefined)),
    ]);
    const absent = rules([
      { alert: "Gone", expr: "absent(mc_depth)" },
      { alert: "Deep", expr: "mc_depth > 500" },
    ]);
    const report = await backtest({ url, head: absent });
    assert.deepEqual(report.notes, [
      "The server has data from 2026-11-19 12:05 on: 23h 54m of the 2d that were asked for. What looks further back sees less.",
    ]);
    assert.deepEqual(
      report.head.histories.map(({ alert, periods }) => [alert, periods.length]),
      [["Deep", 1]],
    );
  });

  it("evaluates nothing while it was down, and says so", async () => {
    const isUp = (second: number): number | undefined => (during(second, 20 * hour, 60) ? undefined : 1);
    const url = await filledPrometheus([series("up", target, isUp), series("mc_depth", target, isUp)]);
    const gone = rules([
      { alert: "Gone", expr: "absent(mc_depth)" },
      { record: "gone", expr: "absent(mc_depth)" },
      { alert: "WasGone", expr: "max_over_time(gone[2h]) > 0" },
    ]);
    const report = await backtest({ url, head: gone });
    assert.deepEqual(report.head.told, ["Gone", "WasGone"]);
    assert.deepEqual(report.head.histories, []);
    assert.deepEqual(report.notes, [
      "For 1h the server has no sample of any target: nothing is evaluated there, and what fires ends.",
    ]);
  });

  it("takes a sample for the present one as long as it does itself", async () => {
    const { samples, ...depth } = series("mc_depth", target, () => 1);
    // Scrapes that fail leave no mark: three minutes without a sample.
    const holed = { ...depth, samples: samples.filter(([second]) => !during(second - from, 20 * hour, 3)) };
    const all = [series("up", target, () => 1), holed];
    const gone = rules([{ alert: "Gone", expr: "absent(mc_depth)" }]);
    const [usual, short] = [await filledPrometheus(all), await filledPrometheus(all, ["--query.lookback-delta=1m"])];
    assert.deepEqual((await backtest({ url: usual, head: gone })).head.histories, []);
    const [history] = (await backtest({ url: short, head: gone })).head.histories;
    const periods = history?.periods.map((period) => [period.from, period.until].map((second) => second - from - 20 * hour));
    // The last sample was scraped 23 s before, and the next one 187 s after.
    assert.deepEqual(periods, [[minute, 3.5 * minute]]);
  });

  it("tells of an alert that fired before already", async () => {
    const url = await filledPrometheus([series("up", target, () => 1), series("mc_depth", target, () => 900)]);
    const held = rules([{ alert: "Deep", expr: "mc_depth > 500", for: "30m", labels: { severity: "page" } }]);
    const { head: told } = await backtest({ url, head: held, days: 1 });
    const [period] = told.histories[0]?.periods ?? [];
    assert.deepEqual([period?.isOpenBefore, period?.isOpenAfter, period?.from], [true, true, from + 24 * hour]);
    assert.ok((period?.toldAt ?? 0) < from + 24 * hour + minute);
  });
});
