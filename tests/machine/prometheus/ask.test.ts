import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { describe, it } from "@jest/globals";
import { z } from "zod";
import { askPrometheus, type PrometheusServer, type Told } from "../../../machine/prometheus/ask";
import { queryInstant, queryRange } from "../../../machine/prometheus/query";
import { play } from "./playing-server";

const never = new AbortController().signal;

function serverAt(url: string, patience: Partial<PrometheusServer> = {}): PrometheusServer {
  return { url, timeoutSeconds: 20, bytes: 1024 * 1024, signal: never, ...patience };
}

const names = z.array(z.string());

/** What is told of a server that answers so. */
async function told(
  respond: (response: ServerResponse) => void,
  patience: Partial<PrometheusServer> = {},
): Promise<Told<unknown>> {
  const { url } = await play(respond);
  return askPrometheus(serverAt(url, patience), { path: "labels", data: names });
}

describe("a question to a Prometheus", () => {
  it("goes below the path of its address, with its parameters, and with the password apart", async () => {
    const { url, asked } = await play((response) =>
      response.end('{"status":"success","data":["job"],"warnings":["slow store"]}'),
    );
    const server = serverAt(`${url.replace("//", "//reader:p%40ss@")}/prom/?tenant=a`);
    const answer = await askPrometheus(server, {
      path: "label/job/values",
      parameters: { "match[]": ['up{job="a b"}', "down"], limit: 3, start: undefined },
      data: names,
    });
    assert.deepEqual(answer, { data: ["job"], warnings: ["slow store"] });
    const [one] = asked;
    assert.equal(one?.method, "GET");
    assert.equal(one.url.pathname, "/prom/api/v1/label/job/values");
    assert.deepEqual(
      Array.from(one.url.searchParams, ([name, value]) => [name, value]),
      [
        ["tenant", "a"],
        ["match[]", 'up{job="a b"}'],
        ["match[]", "down"],
        ["limit", "3"],
      ],
    );
    assert.equal(one.authorization, `Basic ${Buffer.from("reader:p@ss").toString("base64")}`);
  });

  it("goes by POST when it is too long for an address, where Prometheus takes that", async () => {
    const { url, asked } = await play((response) =>
      response.end('{"status":"success","data":{"resultType":"vector","result":[]}}'),
    );
    const expr = `up{job=~"${"a|".repeat(3000)}b"}`;
    await queryInstant(serverAt(url), { expr, time: 5 });
    assert.equal(asked[0]?.method, "POST");
    assert.deepEqual(Object.fromEntries(new URLSearchParams(asked[0].body)), { query: expr, time: "5", timeout: "20s" });
  });

  it("for a range is told with its samples", async () => {
    const matrix = { resultType: "matrix", result: [{ metric: { a: "b" }, values: [[60, "+Inf"]] }] };
    const { url, asked } = await play((response) => response.end(JSON.stringify({ status: "success", data: matrix })));
    const answer = await queryRange(serverAt(url), { expr: "up", start: 0, end: 120, step: 60 });
    assert.deepEqual(answer, { data: matrix, warnings: [] });
    assert.equal(asked[0]?.url.search, "?query=up&start=0&end=120&step=60&timeout=20s");
  });

  const untold: readonly (readonly [what: string, respond: (response: ServerResponse) => void, reason: string | RegExp])[] = [
    ["a page", (response) => response.end("<html>Sign in</html>"), "HTTP 200, and the answer is not that of a Prometheus"],
    ["nothing", (response) => response.writeHead(204).end(), "HTTP 204, and the answer is not that of a Prometheus"],
    [
      "a failure of its gateway",
      (response) => response.writeHead(502).end("Bad Gateway"),
      "HTTP 502, and the answer is not that of a Prometheus",
    ],
    [
      "a refusal",
      (response) => response.writeHead(400).end('{"status":"error","errorType":"bad_data","error":"parse error"}'),
      "bad_data: parse error",
    ],
    [
      "data of another shape",
      (response) => response.end('{"status":"success","data":{"job":1}}'),
      "HTTP 200, and the answer is not that of /api/v1/labels",
    ],
    [
      "a way to a login",
      (response) => response.writeHead(302, { location: "https://user:word@login.example/in?state=secret" }).end(),
      "HTTP 302, which leads to https://login.example/in: a login, or another address",
    ],
    [
      "more than may be read",
      (response) => response.end(`{"status":"success","data":["${"a".repeat(1024 * 1024)}"]}`),
      "HTTP 200, and the answer has more than 1024 KiB",
    ],
    [
      "a part of an answer",
      (response) => {
        response.writeHead(200, { "content-length": "100" });
        response.write('{"status":"success"', () => response.destroy());
      },
      /other side closed|ECONNRESET|aborted|terminated/,
    ],
  ];
  for (const [what, respond, reason] of untold)
    it(`cannot be told from ${what}`, async () => {
      const answer = await told(respond);
      assert.ok("cannotTell" in answer, JSON.stringify(answer));
      if (typeof reason === "string") assert.equal(answer.cannotTell, reason);
      else assert.match(answer.cannotTell, reason);
    });

  it("ends when the server hangs, before its answer or within it", async () => {
    const expected = { cannotTell: "no answer within 0.2 s", isSilent: true };
    assert.deepEqual(await told(() => undefined, { timeoutSeconds: 0.2 }), expected);
    assert.deepEqual(await told((response) => response.write('{"status":'), { timeoutSeconds: 0.2 }), expected);
  });

  it("does not read on what is too large, though it never ends", async () => {
    const block = Buffer.alloc(64 * 1024, 32);
    const answer = await told((response) => {
      const write = (): void => void response.write(block, (error) => error ?? setImmediate(write));
      write();
    });
    assert.deepEqual(answer, { cannotTell: "HTTP 200, and the answer has more than 1024 KiB" });
  });

  it("ends when all that is asked has taken too long, and says so", async () => {
    const whole = new AbortController();
    const { url } = await play(() => whole.abort(new Error("the 60 s for all questions are over")));
    const answer = await askPrometheus(serverAt(url, { signal: whole.signal }), { path: "labels", data: names });
    assert.deepEqual(answer, { cannotTell: "the 60 s for all questions are over", isSilent: true });
  });

  it("cannot be told where nobody listens, and no password is", async () => {
    const answer = await askPrometheus(serverAt("http://reader:correct-horse@127.0.0.1:1"), { path: "labels", data: names });
    assert.ok("cannotTell" in answer);
    assert.match(answer.cannotTell, /bad port|ECONNREFUSED/);
    assert.doesNotMatch(answer.cannotTell, /horse/);
  });
});
