import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { both, draining } from "./gate-situation";
import { pods, seriesOf } from "./live-series";
import { startPostgres, type TestPostgres } from "./postgres-server";
import { startPrometheus, type TestPrometheus } from "./prometheus-server";
import { gate, recordingTerminal, skippingClock, verdictsIn } from "./recording-terminal";

describe("npm run gate, asked by a pipeline", () => {
  let postgres: TestPostgres;
  let prometheus: TestPrometheus;
  beforeAll(async () => {
    [postgres, prometheus] = await Promise.all([startPostgres(), startPrometheus()]);
    await prometheus.push(seriesOf({ mc: [{ ...pods.mc0, meetings: 9, age: 60 }, pods.mc1] }));
  });
  afterAll(() => Promise.all([postgres.stop(), prometheus.stop()]));

  const ask = async (line: string) => {
    const terminal = recordingTerminal();
    const servers = `--prometheus ${prometheus.url} --database ${postgres.url}`;
    const code = await gate(`mc ${line} --pod mc-0 ${servers}`, terminal, skippingClock());
    return { code, terminal, document: terminal.printed().map((text): unknown => JSON.parse(text)) };
  };

  it("prints one document, with the verdict, the number and the limit of each gate, and keeps the exit code", async () => {
    await postgres.fill(both);
    const { code, document } = await ask("drain --format json");
    assert.equal(code, 1);
    assert.deepEqual(document, [
      {
        service: "mc",
        phase: "drain",
        controller: "mc-0",
        exitCode: 1,
        gates: [
          {
            name: "mc/drain/marked",
            title: "Marked draining",
            verdict: "does not hold",
            value: 0,
            mustBe: { atLeast: 1 },
            reason: "A heartbeat could have set the mark back; then the GC goes on sending meetings.",
          },
          {
            name: "mc/drain/no-new-assignments",
            title: "No new assignments",
            verdict: "holds",
            value: 0,
            mustBe: { below: 1 },
            reason: "A draining MC gets no new meetings. If it still does, it will never be empty.",
          },
          {
            name: "mc/drain/nearly-empty",
            title: "Fewer than 10 meetings",
            verdict: "holds",
            value: 9,
            mustBe: { below: 10 },
            reason: "The meetings that are left end with the pod; their members must join again.",
          },
        ],
      },
    ]);
  });

  it("tells of a change and of the gates that it has waited for", async () => {
    await postgres.fill(both);
    const { code, document } = await ask("drain --format json --mark-draining --yes --watch");
    assert.equal(code, 0);
    assert.match(
      JSON.stringify(document),
      /"phase":"drain","controller":"mc-0","exitCode":0,"change":\{"type":"mark","isCommitted":true\},"gates":\[\{"name":"mc\/drain\/marked"/,
    );
  });

  it("tells of a change that was refused, and by which gates", async () => {
    await postgres.fill(draining);
    const { code, document } = await ask("drain --format json --mark-draining --yes");
    assert.equal(code, 1);
    assert.match(JSON.stringify(document), /"phase":"before".*"exitCode":1,"change":\{"type":"mark","isCommitted":false\}/);
  });

  it("prints no document for a person", async () => {
    await postgres.fill(draining);
    const { document, terminal } = await ask("drain");
    assert.deepEqual(document, []);
    assert.match(terminal.written(), /All 3 gates hold\.\n$/);
  });

  it("lets no pod from before the rollout pass, where it is told when that began", async () => {
    await postgres.fill(both);
    const began = Math.floor(Date.now() / 1000) - 30;
    const { code, terminal } = await ask(`after --since ${began}`);
    assert.equal(code, 1);
    assert.equal(verdictsIn(terminal.written())["mc/after/replaced"], "does not hold");
    const { code: later, terminal: passed } = await ask(`after --since ${began - 60}`);
    assert.equal(later, 0, passed.written());
    assert.equal(verdictsIn(passed.written())["mc/after/replaced"], "holds");
  });
});
