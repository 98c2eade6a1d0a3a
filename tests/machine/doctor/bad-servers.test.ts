import assert from "node:assert/strict";
import type { ServerResponse } from "node:http";
import { describe, it } from "@jest/globals";
import { limits } from "../../../machine/doctor/limits";
import { UsageError } from "../../../machine/system/user-error";
import { play, type Asked } from "../prometheus/playing-server";
import { declared, doctor } from "./shop";

/** A Prometheus that has everything, but for what it is told to answer otherwise. */
function prometheus(otherwise: (path: string, response: ServerResponse, asked: Asked) => boolean) {
  return play((response, asked) => {
    const path = asked.url.pathname.replace("/api/v1/", "");
    if (!otherwise(path, response, asked)) response.end(JSON.stringify({ status: "success", data: answers[path] ?? [] }));
  });
}

const names = [
  "shop_orders_total",
  "shop_queue_depth",
  "shop_wait_seconds_count",
  "shop_refunds_total",
  "status:shop_orders:rate1m",
  "up",
];
const answers: Readonly<Record<string, unknown>> = {
  "label/__name__/values": names,
  rules: { groups: [] },
  targets: { activeTargets: [] },
  alertmanagers: { activeAlertmanagers: [] },
  "status/runtimeinfo": { storageRetention: "15d" },
  "status/flags": {},
  "status/config": { yaml: "" },
};

describe("chain doctor, beside servers that do not do what they should", () => {
  const useless: readonly (readonly [what: string, respond: (response: ServerResponse) => unknown, why: string])[] = [
    ["hangs", () => undefined, "no answer within 0.5 s"],
    ["shows a login", (response) => response.end("<html>Sign in</html>"), "HTTP 200, and the answer is not that of a Prometheus"],
    ["fails", (response) => response.writeHead(500).end("oops"), "HTTP 500, and the answer is not that of a Prometheus"],
    [
      "refuses",
      (response) => response.writeHead(403).end('{"status":"error","errorType":"forbidden","error":"no"}'),
      "forbidden: no",
    ],
    [
      "leads elsewhere",
      (response) => response.writeHead(302, { location: "http://login/" }).end(),
      "HTTP 302, which leads to http://login: a login, or another address",
    ],
    ["never ends", (response) => flood(response), "HTTP 200, and the answer has more than"],
  ];
  for (const [what, respond, why] of useless)
    it(`tells nothing of one that ${what}, and takes nothing for missing`, async () => {
      const { url, asked } = await play((response) => void respond(response));
      // What answers is read however busy this machine is.
      const patience = what === "hangs" ? "0.5" : "60";
      const { code, lines } = await doctor(declared, { prometheus: url, "timeout-seconds": patience });
      assert.equal(code, 2, lines.join("\n"));
      assert.ok(
        lines.every((line) => line.startsWith(`warning server-answers chain.yaml: : ${url} does not say: `)),
        lines.join("\n"),
      );
      assert.ok(
        lines.some((line) => line.includes(why)),
        lines.join("\n"),
      );
      assert.ok(asked.length < 20, `${asked.length} questions`);
    });

  it("tells what it knows where only some questions are not answered", async () => {
    const { url } = await prometheus((path, response) => path === "targets" && Boolean(response.writeHead(404).end("404 page")));
    const { code, lines } = await doctor(declared, { prometheus: url });
    assert.equal(code, 1);
    assert.equal(lines.filter((line) => line.includes("rule-is-running")).length, 1, lines.join("\n"));
    assert.ok(lines.some((line) => line.includes("It cannot be told how often targets are scraped.")));
  });

  it("takes a part of an answer for none", async () => {
    const { url } = await prometheus(
      (path, response) =>
        path === "label/__name__/values" &&
        Boolean(response.end('{"status":"success","data":[],"warnings":["a store is down"]}')),
    );
    const { lines } = await doctor(declared, { prometheus: url });
    assert.ok(lines.some((line) => line.includes("it warns: a store is down. It cannot be told which series there are.")));
    assert.ok(!lines.some((line) => line.includes("series-exists")));
  });

  it("does not read the series of a name that has ten million, only labels and some values", async () => {
    const many = Array.from({ length: limits.series + 1 }, (_, number) => ({ status: `s${number}` }));
    const { url, asked } = await prometheus((path, response, { url: { searchParams } }) => {
      // One server minds the limit, an old one does not.
      const isOrders = searchParams.get("match[]") === '{__name__="shop_orders_total"}';
      if (path === "series" && isOrders)
        response.end(JSON.stringify({ status: "success", data: many, warnings: ["results truncated due to limit"] }));
      else if (path === "series") flood(response);
      else if (path === "labels") response.end('{"status":"success","data":["__name__","job","status","queue"]}');
      else if (path === "label/status/values") response.end('{"status":"success","data":["placed","lost"]}');
      else return false;
      return true;
    });
    const { lines } = await doctor(declared, { prometheus: url });
    assert.ok(
      lines.some((line) => line.includes('shop_orders_total: has status="lost", a value that is not declared.')),
      lines.join("\n"),
    );
    const questions = asked.filter(({ url: { searchParams } }) => searchParams.get("match[]")?.startsWith("{__name__=") === true);
    for (const {
      url: { searchParams, pathname },
    } of questions)
      if (pathname.endsWith("/series") || pathname.includes("/label/status"))
        assert.notEqual(searchParams.get("limit"), null, pathname);
  });

  it("asks at most so many questions", async () => {
    const rows = Array.from({ length: limits.requests + 100 }, (_, number) => `| \`shop_${number}_total\` | counter | – |`);
    const files = { ...declared, "docs/metrics.md": ["| metric | type | labels |", "|---|---|---|", ...rows, ""].join("\n") };
    const { url, asked } = await prometheus((path, response, { url: { searchParams } }) => {
      if (path !== "label/__name__/values") return false;
      const wanted = searchParams.get("match[]") ?? "";
      return Boolean(response.end(JSON.stringify({ status: "success", data: wanted.match(/shop_\w+/g) ?? [] })));
    });
    const { lines } = await doctor(files, { prometheus: url });
    assert.equal(asked.length, limits.requests);
    assert.ok(
      lines.some((line) => line.includes(`the ${limits.requests} questions of one run are used up`)),
      lines.slice(0, 5).join("\n"),
    );
  });

  it("refuses to ask nobody, and addresses that are none, without repeating a password", async () => {
    await assert.rejects(
      doctor(declared, {}),
      new UsageError("What is to be asked? Give --prometheus, --alertmanager, --grafana or --runbooks."),
    );
    await assert.rejects(
      doctor(declared, { alertmanager: "htp://user:secret@host" }),
      new UsageError("The value of --alertmanager is no URL such as http://localhost:9093."),
    );
  });
});

/** An answer without an end. */
function flood(response: ServerResponse): void {
  const block = Buffer.alloc(1024 * 1024, 32);
  const write = (): void => void response.write(block, (error) => error ?? setImmediate(write));
  write();
}
