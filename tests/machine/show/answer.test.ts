import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Files } from "../../../core/site/content";
import { answer, type Answer, type Served } from "../../../machine/show/answer";

const files: Files = new Map([
  ["index.html", "map"],
  ["404.html", '<link href="assets/site.css"><a href="index.html">map</a>'],
  ["assets/site.css", "css"],
  ["runbooks/mc/a b.md/index.html", "runbook"],
  ["d/mc/index.html", "dashboard"],
]);
const served: Served = {
  files: () => files,
  runbooksPath: "/books/of/dev",
  grafanaPath: "/grafana",
  askLive: (panel) => Promise.resolve(panel === "mc/a" ? { json: "{}" } : { status: 404, message: "There is no such panel." }),
};

function ask(target: string, headers: Record<string, string> = {}, method = "GET"): Promise<Answer> {
  return answer({ method, target, headers: { host: "localhost:8000", ...headers } }, served);
}

describe("the server of the site", () => {
  const rows: readonly (readonly [target: string, status: number, content: string])[] = [
    ["/", 200, "map"],
    ["/index.html", 200, "map"],
    ["/?a=b", 200, "map"],
    ["/assets/site.css", 200, "css"],
    ["/runbooks/mc/a%20b.md/", 200, "runbook"],
    ["/runbooks/mc/a%20b.md", 302, "/runbooks/mc/a%20b.md/"],
    ["/books/of/dev/mc/a%20b.md", 302, "/runbooks/mc/a%20b.md/"],
    ["/d/mc?from=now-1h&to=now&viewPanel=12", 302, "/d/mc/#panel-12"],
    ["/grafana/d/mc?viewPanel=12", 302, "/d/mc/#panel-12"],
    ["/d/mc?viewPanel=12%22%3E%3Cscript%3E", 302, "/d/mc/"],
    ["/d/mc?viewPanel=12%0d%0aSet-Cookie:a", 302, "/d/mc/"],
    ["/live.json?panel=mc/a", 200, "{}"],
  ];
  for (const [target, status, content] of rows)
    it(`answers ${target} with ${status} ${content}`, async () => {
      const { status: got, body, headers } = await ask(target);
      assert.deepEqual([got, got === 302 ? headers["Location"] : body], [status, content]);
    });

  const outside = [
    "/../package.json",
    "/..%2fpackage.json",
    "/%2e%2e/package.json",
    "/assets/../../package.json",
    "/assets/..%5c..%5cpackage.json",
    "/etc/passwd",
    "//etc/passwd",
    "/%00",
    "/runbooks",
    "/assets/",
    "/constructor",
    "/__proto__",
  ];
  for (const target of outside)
    it(`has nothing at ${target}`, async () => {
      const { status } = await ask(target);
      assert.ok([400, 404].includes(status), String(status));
    });

  const refused: readonly (readonly [
    why: string,
    status: number,
    target: string,
    headers: Record<string, string>,
    method?: string,
  ])[] = [
    ["a name that only leads to this machine", 421, "/", { host: "evil.example" }],
    ["a name that begins like this machine's", 421, "/", { host: "localhost.evil.example" }],
    ["a request without a host", 421, "/", { host: "" }],
    ["a method that writes", 405, "/", {}, "POST"],
    ["another one", 405, "/", {}, "DELETE"],
    ["a proxy's request", 400, "http://example.com/", {}],
    ["a name that is encoded wrongly", 400, "/%zz", {}],
    ["a query of somebody's own", 404, "/live.json?panel=up&query=up", {}],
    ["a path of Prometheus", 404, "/api/v1/query?query=up", {}],
    ["a panel that is not there", 404, "/live.json?panel=mc/b", {}],
    ["another site's question about numbers", 403, "/live.json?panel=mc/a", { "sec-fetch-site": "cross-site" }],
    ["a question from the same domain, but another site", 403, "/live.json?panel=mc/a", { "sec-fetch-site": "same-site" }],
  ];
  for (const [why, status, target, headers, method] of refused)
    it(`refuses ${why}`, async () => {
      assert.equal((await ask(target, headers, method)).status, status);
    });

  it("takes every name of this machine", async () => {
    for (const host of ["localhost", "localhost:8000", "127.0.0.1:3000", "[::1]:8000", "LOCALHOST:8000"])
      assert.equal((await ask("/", { host })).status, 200, host);
  });

  it("is linked to from elsewhere, as alerts do", async () => {
    assert.equal((await ask("/", { "sec-fetch-site": "cross-site" })).status, 200);
  });

  it("has no numbers where there is no Prometheus", async () => {
    const { askLive: _, ...without } = served;
    const { status } = await answer({ method: "GET", target: "/live.json?panel=mc/a", headers: { host: "localhost" } }, without);
    assert.equal(status, 404);
  });

  it("forbids frames, scripts of others and guesses about types, whatever it answers", async () => {
    for (const target of ["/", "/nothing", "/d/mc", "/live.json?panel=mc/a"]) {
      const { headers } = await ask(target);
      assert.match(headers["Content-Security-Policy"] ?? "", /default-src 'none'; script-src 'self';.*frame-ancestors 'none'/);
      assert.equal(headers["X-Content-Type-Options"], "nosniff");
    }
  });

  it("shows the page for what is not there with links that go up from it", async () => {
    const { body } = await ask("/alerts/Gone/index.html");
    assert.equal(body, '<link href="../../assets/site.css"><a href="../../index.html">map</a>');
  });
});
