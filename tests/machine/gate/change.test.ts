import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { atTestEnd } from "../../at-test-end";
import { change } from "../../../machine/gate/change";
import { changeSituations, mark } from "./change-situations";
import { startCutting } from "./failing-server";
import { both } from "./gate-situation";
import { pods, seriesOf } from "./live-series";
import { startPostgres, type TestPostgres } from "./postgres-server";
import { startPrometheus, type TestPrometheus } from "./prometheus-server";
import { gate, recordingTerminal, skippingClock } from "./recording-terminal";

describe("npm run gate -- mc drain, with a change", () => {
  let postgres: TestPostgres;
  let prometheus: TestPrometheus;
  beforeAll(async () => {
    [postgres, prometheus] = await Promise.all([startPostgres(), startPrometheus()]);
    await prometheus.push(seriesOf({ mc: [{ ...pods.mc0, meetings: 9 }, pods.mc1] }));
  });
  afterAll(() => Promise.all([postgres.stop(), prometheus.stop()]));

  const line = (options: string): string =>
    `mc drain --pod mc-0 --prometheus ${prometheus.url} --database ${postgres.url} ${options}`;
  const target = (database = postgres.url) => ({
    database,
    controller: "mc-0",
    deadline: { timeoutSeconds: 20, signal: new AbortController().signal },
  });

  for (const { name, options, controllers, terminal: open, code, becomes, says } of changeSituations) {
    it(name, async () => {
      await postgres.fill(controllers);
      const statuses = await postgres.statuses();
      const terminal = open();
      assert.equal(await gate(line(options), terminal), code, terminal.written());
      assert.match(terminal.written(), says);
      assert.deepEqual(await postgres.statuses(), becomes === undefined ? statuses : { ...statuses, "mc-0": becomes });
    });
  }

  it("is refused when nobody can be asked and nobody has confirmed", async () => {
    await postgres.fill(both);
    const message = "Not an interactive terminal: pass --yes. Nothing was changed.";
    for (const option of [mark, "--undo"])
      await assert.rejects(gate(line(option), recordingTerminal()), { name: "UserError", message });
    assert.deepEqual(await postgres.statuses(), { "mc-0": "healthy", "mc-1": "healthy" });
  });

  it("waits for the heartbeats after marking, then for the gates of drain", async () => {
    await postgres.fill(both, { "mc-0": 1 });
    const terminal = recordingTerminal();
    const clock = skippingClock((waits) => (waits === 2 ? postgres.run("truncate meeting_assignments") : undefined));
    assert.equal(await gate(line(`${mark} --yes --watch`), terminal, clock), 0, terminal.written());
    assert.match(
      terminal.written(),
      /First look in 30 s[^]+12:00:30 {2}mc\/drain\/no-new-assignments does not hold: 1, must be below 1/,
    );
    assert.match(terminal.written(), /12:00:40 {2}mc\/drain\/no-new-assignments holds: 0 is below 1\n\nAll 3 gates hold\.\n$/);
  });

  it("says that a heartbeat has set the mark back", async () => {
    await postgres.fill(both);
    const terminal = recordingTerminal();
    const clock = skippingClock(() => postgres.run("update meeting_controllers set health_status = 'healthy'"));
    assert.equal(await gate(line(`${mark} --yes --watch --deadline-minutes 1`), terminal, clock), 1);
    assert.match(
      terminal.written(),
      /The deadline, 1 min, has passed\. Still open:\n\nmc\/drain\/marked does not hold: 0, must be at least 1\./,
    );
  });

  for (const [name, where, changed] of [
    ["two controllers", "controller_id in (:controller_id, 'mc-1')", "mc-0, mc-1"],
    ["another controller", "controller_id <> :controller_id", "mc-1"],
  ] as const) {
    it(`rolls back a statement that changes ${name}`, async () => {
      await postgres.fill(both);
      const statement = `update meeting_controllers set health_status = 'draining' where ${where}`;
      const outcome = await change(statement, target());
      assert.deepEqual(outcome, { type: "rolled back", reason: `the statement changed ${changed}` });
      assert.deepEqual(await postgres.statuses(), { "mc-0": "healthy", "mc-1": "healthy" });
    });
  }

  it("says that nobody knows when the answer to the commit is lost", async () => {
    await postgres.fill(both);
    const proxy = await startCutting(postgres.port, "commit");
    atTestEnd(proxy.stop);
    const statement = "update meeting_controllers set health_status = 'draining' where controller_id = :controller_id";
    const outcome = await change(statement, target(`postgres://gate@127.0.0.1:${proxy.port}/gc`));
    const reason = "Database: Connection terminated unexpectedly; whether it was changed is unknown: look at the row";
    assert.deepEqual(outcome, { type: "failed", reason });
  });

  it("changes nothing when it is interrupted at the question", async () => {
    await postgres.fill(both);
    const quiet = recordingTerminal([]);
    const terminal = {
      ...quiet,
      ask: () => {
        quiet.interrupt();
        return Promise.resolve(undefined);
      },
    };
    assert.equal(await gate(line(mark), terminal), 130);
    assert.deepEqual(await postgres.statuses(), { "mc-0": "healthy", "mc-1": "healthy" });
  });
});
