import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { atTestEnd } from "../../at-test-end";
import { both, draining } from "./gate-situation";
import { gateSituations } from "./gate-situations";
import { seriesOf } from "./live-series";
import { startPostgres, type TestPostgres } from "./postgres-server";
import { startPrometheus } from "./prometheus-server";
import { gate, recordingTerminal, verdictsIn } from "./recording-terminal";

const gatesIn = { mc: { before: 5, drain: 3, after: 3 }, gc: { before: 5, drain: 0, after: 2 } };

describe("npm run gate, against Prometheus and PostgreSQL", () => {
  let postgres: TestPostgres;
  beforeAll(async () => void (postgres = await startPostgres()));
  afterAll(() => postgres.stop());

  for (const { name, service, phase, series = {}, controllers = both, newAssignments, closed, code } of gateSituations) {
    it(`${service} ${name}`, async () => {
      const prometheus = await startPrometheus();
      atTestEnd(prometheus.stop);
      await prometheus.push(seriesOf(series));
      await postgres.fill(controllers, newAssignments);
      const terminal = recordingTerminal();
      const controller = service === "mc" ? "--pod mc-0 " : "";
      const line = `${service} ${phase} ${controller}--prometheus ${prometheus.url} --database ${postgres.url}`;
      assert.equal(await gate(line, terminal), code, terminal.written());
      const verdicts = verdictsIn(terminal.written());
      const names = Object.keys(verdicts).map((gateName) => gateName.split("/")[2] ?? "");
      assert.deepEqual(
        Object.values(verdicts),
        names.map((id) => closed[id] ?? "holds"),
        terminal.written(),
      );
      assert.equal(names.length, gatesIn[service][phase]);
      assert.doesNotMatch(terminal.written(), /secret-of-the-test/);
    });
  }

  for (const phase of ["before", "drain", "after"]) {
    it(`${phase} cannot tell from an empty Prometheus`, async () => {
      const prometheus = await startPrometheus();
      atTestEnd(prometheus.stop);
      await postgres.fill(phase === "drain" ? draining : both);
      const terminal = recordingTerminal();
      const line = `mc ${phase} --pod mc-0 --prometheus ${prometheus.url} --database ${postgres.url}`;
      assert.equal(await gate(line, terminal), 2);
      assert.match(terminal.written(), /cannot tell: Prometheus has no data for it\./);
      assert.doesNotMatch(Object.values(verdictsIn(terminal.written())).join(), /does not hold/);
    });
  }
});
