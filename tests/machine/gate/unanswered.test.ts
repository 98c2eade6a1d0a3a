import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { atTestEnd } from "../../at-test-end";
import { startForgetful, startHttp, startIndiscreet, startSilent, type FailingServer } from "./failing-server";
import { seriesOf } from "./live-series";
import { startPostgres, type TestPostgres } from "./postgres-server";
import { startPrometheus, type TestPrometheus } from "./prometheus-server";
import { gate, recordingTerminal, verdictsIn } from "./recording-terminal";

const password = "correct horse";

describe("npm run gate, when a server does not answer", () => {
  let postgres: TestPostgres;
  let prometheus: TestPrometheus;
  beforeAll(async () => {
    [postgres, prometheus] = await Promise.all([startPostgres(), startPrometheus()]);
    await prometheus.push(seriesOf({}));
    await postgres.fill({ "mc-0": {}, "mc-1": {} });
  });
  afterAll(() => Promise.all([postgres.stop(), prometheus.stop()]));

  /** Asks for the phase `after`, whose last gate is the database's. */
  async function ask({ prometheusUrl = prometheus.url, database = "", timeout = "20" }): Promise<string> {
    const terminal = recordingTerminal();
    const servers = `--prometheus ${prometheusUrl}${database === "" ? "" : ` --database ${database}`}`;
    const code = await gate(`mc after --pod mc-0 ${servers} --timeout-seconds ${timeout}`, terminal);
    assert.equal(code, 2, terminal.written());
    assert.match(terminal.written(), /the rollout must not go on\.\n$/);
    return terminal.written();
  }

  async function started(server: Promise<FailingServer>): Promise<FailingServer> {
    const { stop, port } = await server;
    atTestEnd(stop);
    return { stop, port };
  }

  function assertOnlyDatabaseUntold(written: string): void {
    const expected = { "mc/after/ready": "holds", "mc/after/heartbeats": "holds", "mc/after/registered": "cannot tell" };
    assert.deepEqual(verdictsIn(written), expected, written);
  }

  it("cannot tell without a database, and still asks Prometheus", async () => {
    const written = await ask({});
    assertOnlyDatabaseUntold(written);
    assert.match(written, /registered cannot tell: no --database was given\./);
  });

  it("cannot tell when the database accepts connections and does not answer within its timeout", async () => {
    const { port } = await started(startSilent());
    const written = await ask({
      database: `postgres://gate:${encodeURIComponent(password)}@127.0.0.1:${port}/gc`,
      timeout: "0.4",
    });
    assert.match(written, /mc\/after\/registered cannot tell: Database: no answer within 0\.4 s\./);
  });

  it("cannot tell when the database does not answer the query within its timeout", async () => {
    const { port } = await started(startForgetful(postgres.port, "count(*)"));
    const written = await ask({ database: `postgres://gate@127.0.0.1:${port}/gc`, timeout: "1" });
    assert.match(written, /mc\/after\/registered cannot tell: Database: no answer within 1 s\./);
  });

  it("cannot tell when nobody listens at the database's port", async () => {
    const server = await startSilent();
    await server.stop();
    const written = await ask({ database: `postgres://gate@127.0.0.1:${server.port}/gc` });
    assertOnlyDatabaseUntold(written);
    assert.match(written, /cannot tell: Database: connect ECONNREFUSED 127\.0\.0\.1:\d+\./);
  });

  it("cannot tell when the password is wrong, and never prints it", async () => {
    const { port } = await started(startIndiscreet());
    const written = await ask({ database: `postgres://gate:${encodeURIComponent(password)}@127.0.0.1:${port}/gc` });
    assertOnlyDatabaseUntold(written);
    assert.match(written, /Database: password authentication failed, it was \*\*\* \(28P01\)\./);
    assert.doesNotMatch(written, /correct|horse/);
  });

  it("cannot tell when the database lacks the table", async () => {
    await postgres.run("alter table meeting_controllers rename to meeting_controllers_2");
    atTestEnd(() => postgres.run("alter table meeting_controllers_2 rename to meeting_controllers"));
    const written = await ask({ database: postgres.url });
    assertOnlyDatabaseUntold(written);
    assert.match(written, /Database: relation "meeting_controllers" does not exist \(42P01\)\./);
  });

  it("cannot tell when Prometheus accepts connections and does not answer within its timeout", async () => {
    const { port } = await started(startSilent());
    const written = await ask({ prometheusUrl: `http://gate:${password.replace(" ", "%20")}@127.0.0.1:${port}`, timeout: "0.4" });
    assert.match(written, /mc\/after\/ready cannot tell: Prometheus: no answer within 0\.4 s\./);
    assert.doesNotMatch(written, /correct|horse/);
  });

  it("cannot tell when nobody listens at Prometheus's port", async () => {
    const server = await startSilent();
    await server.stop();
    const written = await ask({ prometheusUrl: `http://127.0.0.1:${server.port}`, database: postgres.url });
    assert.match(written, /mc\/after\/ready cannot tell: Prometheus: connect ECONNREFUSED 127\.0\.0\.1:\d+\./);
    assert.equal(verdictsIn(written)["mc/after/registered"], "holds");
  });

  it("cannot tell from the page of a login that stands before Prometheus", async () => {
    const { port } = await started(startHttp("<html>Sign in</html>"));
    const written = await ask({ prometheusUrl: `http://127.0.0.1:${port}/prometheus/`, database: postgres.url });
    assert.match(written, /Prometheus: HTTP 200, and the answer is not that of a Prometheus\./);
  });
});
