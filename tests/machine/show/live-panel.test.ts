import assert from "node:assert/strict";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { askLive } from "../../../machine/show/live-panel";
import { loadProject } from "../../../project";
import { atTestEnd } from "../../at-test-end";

const model = loadProject(resolve(__dirname, "../../.."));
const panel = "mc-overview/mailbox-depth";

/** A Prometheus that gives one answer, and keeps what it was asked. */
async function prometheus(status: number, body: string): Promise<{ readonly url: string; readonly asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    response.writeHead(status, { Location: "http://127.0.0.1:1/" }).end(body);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  atTestEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://reader:p%40ss@127.0.0.1:${(server.address() as AddressInfo).port}/prom/`, asked };
}

function matrix(...values: readonly (readonly [number, string])[]): string {
  return JSON.stringify({
    status: "success",
    data: { resultType: "matrix", result: [{ metric: { actor_type: "MeetingActor" }, values }] },
  });
}

describe("numbers of a live Prometheus", () => {
  it("are those of the panel's own query, over the last three hours", async () => {
    const now = Math.floor(Date.now() / 60_000) * 60;
    const { url, asked } = await prometheus(200, matrix([now - 60, "3"], [now, "NaN"]));
    const answer = await askLive(model, url, panel);
    assert.ok("json" in answer);
    const { panels, seconds } = JSON.parse(answer.json) as {
      panels: Record<string, { legend: string; values: unknown[] }[]>;
      seconds: number[];
    };
    assert.deepEqual(
      panels[panel]?.map(({ legend, values }) => [legend, values.at(-2), values.length]),
      [["MeetingActor", 3, 181]],
    );
    assert.equal(Number(seconds.at(-1)) - Number(seconds[0]), 3 * 3600);
    const [request] = asked;
    const { pathname, searchParams } = new URL(request?.url ?? "", url);
    assert.deepEqual([request?.method, pathname, asked.length], ["GET", "/prom/api/v1/query_range", 1]);
    assert.match(searchParams.get("query") ?? "", /^max by \(actor_type\).*mc_actor_mailbox_depth/);
    assert.equal(request?.headers.authorization, `Basic ${Buffer.from("reader:p@ss").toString("base64")}`);
  });

  const unknown = [
    "",
    "up",
    "mc-overview",
    "mc-overview/",
    "mc-overview/nothing",
    "constructor",
    "mc-overview/mailbox-depth depth",
  ];
  for (const name of unknown)
    it(`are not asked for what the model does not ask: "${name}"`, async () => {
      const { url, asked } = await prometheus(200, matrix());
      assert.deepEqual(await askLive(model, url, name), { status: 404, message: "There is no such panel." });
      assert.equal(asked.length, 0);
    });

  const useless: readonly (readonly [what: string, status: number, body: string, reason: string])[] = [
    ["an error", 500, "{}", "HTTP 500, and the answer is not that of a Prometheus"],
    ["a page of somebody's gateway", 200, "<html>", "HTTP 200, and the answer is not that of a Prometheus"],
    [
      "a vector",
      200,
      '{"status":"success","data":{"resultType":"vector","result":[]}}',
      "HTTP 200, and the answer is not that of /api/v1/query_range",
    ],
    ["more than a page can show", 200, " ".repeat(5 * 1024 * 1024), "HTTP 200, and the answer has more than 4096 KiB"],
    ["a way to elsewhere", 302, "", "HTTP 302, which leads to http://127.0.0.1:1: a login, or another address"],
  ];
  for (const [what, status, body, reason] of useless)
    it(`are not taken from ${what}, and no password is told`, async () => {
      const { url } = await prometheus(status, body);
      assert.deepEqual(await askLive(model, url, panel), {
        status: 502,
        message: `Prometheus gives no numbers: ${reason}.`,
      });
    });
});
