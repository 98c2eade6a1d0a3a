import assert from "node:assert/strict";
import { networkInterfaces } from "node:os";
import { connect } from "node:net";
import { describe, it } from "@jest/globals";
import type { Served } from "../../../machine/show/answer";
import { serveSite } from "../../../machine/show/serve";
import { localAddresses } from "../../../machine/show/stack-addresses";
import { atTestEnd } from "../../at-test-end";

const served: Served = { files: () => new Map([["index.html", "map"]]), runbooksPath: "/runbooks", grafanaPath: "" };

async function start(port = 0): Promise<number> {
  const server = await serveSite(port, served);
  assert.ok(server);
  atTestEnd(() => server.close());
  return server.port;
}

describe("the port of the site", () => {
  it("answers on this machine", async () => {
    const response = await fetch(`http://127.0.0.1:${await start()}/`);
    assert.equal(await response.text(), "map");
  });

  it("cannot be reached by the other addresses of this machine", async () => {
    const port = await start();
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, family }) => !internal && family === "IPv4");
    for (const { address } of others)
      assert.equal(
        await new Promise((done) => {
          const socket = connect(port, address, () => done("reached"));
          socket.once("error", () => done("refused"));
          socket.setTimeout(2000, () => done("silent"));
        }).finally(() => undefined),
        "refused",
        address,
      );
  });

  it("is told to be taken, not fought for", async () => {
    assert.equal(await serveSite(await start(), served), undefined);
  });

  it("sends no body to HEAD, and ends with its server", async () => {
    const response = await fetch(`http://127.0.0.1:${await start()}/`, { method: "HEAD" });
    assert.deepEqual([response.status, response.headers.get("content-length"), await response.text()], [200, "3", ""]);
  });
});

describe("where the alerts of a stack lead on this machine", () => {
  const of = (runbookBaseUrl: string, grafanaUrl: string): readonly string[] =>
    localAddresses({ runbookBaseUrl, grafanaUrl }).ports.map(({ port, settings }) => `${port} ${settings.join(" ")}`);

  it("is a port for the runbooks and one for Grafana", () => {
    assert.deepEqual(of("http://localhost:8000/runbooks", "http://localhost:3000"), ["8000 runbookBaseUrl", "3000 grafanaUrl"]);
  });
  it("is one port where both are the same", () => {
    assert.deepEqual(of("http://127.0.0.1:8000/runbooks", "http://127.0.0.1:8000"), ["8000 runbookBaseUrl grafanaUrl"]);
  });
  it("is nowhere for what is elsewhere, or would be encrypted", () => {
    assert.deepEqual(of("https://localhost:8000/runbooks", "http://grafana.example.com"), []);
  });
  it("is below the path of the setting", () => {
    const { runbooksPath, grafanaPath } = localAddresses({
      runbookBaseUrl: "https://x.example/a/b/",
      grafanaUrl: "https://x.example/grafana",
    });
    assert.deepEqual([runbooksPath, grafanaPath], ["/a/b", "/grafana"]);
  });
});
