import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readAnchors } from "../../../machine/doctor/look-at-runbooks";
import { atTestEnd } from "../../at-test-end";
import { play, type PlayingServer } from "../prometheus/playing-server";
import { declared, doctor } from "./shop";

const dashboard = (uid: string, ...panels: readonly unknown[]) => ({ uid, title: uid, panels });
const json = JSON.stringify(
  dashboard("shop", {
    id: 1,
    type: "timeseries",
    title: "Orders",
    targets: [{ expr: "up", datasource: { type: "prometheus", uid: "prom" } }],
  }),
);

/** Alerts that lead to a panel, and to a page. */
function leadingTo(...annotations: readonly string[]): Readonly<Record<string, string>> {
  const alerts = annotations.map((text, number) => `      - { alert: A${number}, expr: up == 0, annotations: { ${text} } }`);
  return {
    "chain.yaml": "rules: [rules/*.yaml]\ndashboards: [grafana/*.json]\n",
    "rules/shop.yaml": ["groups:", "  - name: a", "    rules:", ...alerts, ""].join("\n"),
    "grafana/shop.json": json,
  };
}

/** No Grafana, but what answers like one: it has the dashboard `shop` with the panels 1 and, in a row, 2. */
function grafana(): Promise<PlayingServer> {
  return play((response, { url: { pathname } }) => {
    const rows = { id: 9, type: "row", panels: [{ id: 2, type: "timeseries" }] };
    if (pathname === "/grafana/api/dashboards/uid/shop")
      response.end(JSON.stringify({ meta: {}, dashboard: dashboard("shop", { id: 1, type: "timeseries" }, rows) }));
    else if (pathname === "/grafana/api/datasources/uid/prom") response.end('{"uid":"prom"}');
    else response.writeHead(404).end('{"message":"Not found"}');
  });
}

describe("chain doctor, beside a stand-in for Grafana", () => {
  it("opens dashboards, panels and data sources by their uid, with the token of GRAFANA_AUTH", async () => {
    const { url, asked } = await grafana();
    const before = process.env["GRAFANA_AUTH"];
    atTestEnd(() => (before === undefined ? delete process.env["GRAFANA_AUTH"] : (process.env["GRAFANA_AUTH"] = before)));
    process.env["GRAFANA_AUTH"] = "glsa_secret";
    const files = leadingTo(
      "dashboard_url: 'https://grafana/d/shop/orders?viewPanel=1'",
      "dashboard_url: 'https://grafana/d/shop?viewPanel=panel-2'",
      "dashboard_url: 'https://grafana/d/shop?viewPanel=3'",
      "dashboard_url: 'https://grafana/d/shops'",
    );
    const result = await doctor(files, { grafana: `${url}/grafana/` });
    assert.deepEqual(result.lines, [
      'error dashboard-is-there rules/shop.yaml:6 A2: leads to panel 3 of the dashboard "shop", and the one that Grafana has has no such panel: was it changed by hand, or not deployed?',
      'error dashboard-is-there rules/shop.yaml:7 A3: leads to the dashboard "shops", which Grafana does not have. Did you mean "shop"?',
    ]);
    assert.equal(result.code, 1);
    assert.deepEqual([...new Set(asked.map(({ authorization }) => authorization))], ["Bearer glsa_secret"]);
    assert.equal(asked.length, 3);
  });

  it("cannot tell where it wants another token, or a gateway answers in its place", async () => {
    const statuses: readonly (readonly [number, string, string])[] = [
      [401, '{"message":"Unauthorized"}', "HTTP 401: it wants a token that may read this, in GRAFANA_AUTH"],
      [404, "404 page not found", "HTTP 404, and the answer is not that of a Grafana"],
      [200, "<html>", "HTTP 200, and the answer is not that of a Grafana"],
    ];
    for (const [status, body, why] of statuses) {
      const { url } = await play((response) => response.writeHead(status).end(body));
      const { code, lines } = await doctor(leadingTo("summary: a"), { grafana: url });
      assert.deepEqual([code, lines.length], [2, 1]);
      assert.ok(lines[0]?.includes(why), lines[0]);
    }
  });
});

describe("chain doctor --runbooks", () => {
  it("opens each page once, and looks for the anchors", async () => {
    const { url, asked } = await play((response, { url: { pathname } }) => {
      if (pathname === "/moved") response.writeHead(301, { location: "/shop" }).end();
      else if (pathname === "/private") response.writeHead(403).end("no");
      else if (pathname === "/shop")
        response.end('<h1 id="top">Shop</h1><h2><a name="orders-fail"></a>Orders</h2><p id="note">x</p>');
      else if (pathname === "/app") response.end('<div id="root"></div><script src="app.js"></script>');
      else response.writeHead(404).end("gone");
    });
    const links = ["shop#orders-fail", "shop#order-fails", "shop", "moved#orders-fail", "gone#x", "private#x", "app#x"];
    const { code, lines } = await doctor(leadingTo(...links.map((link) => `runbook_url: '${url}/${link}'`)), { runbooks: true });
    assert.equal(code, 1);
    assert.deepEqual(lines, [
      `warning server-answers chain.yaml: : ${url}/private does not say: HTTP 403. It cannot be told whether the runbook is there.`,
      `error runbook-answers rules/shop.yaml:5 A1: leads to ${url}/shop#order-fails, and that page has no such anchor. Did you mean "orders-fail"?`,
      `error runbook-answers rules/shop.yaml:8 A4: leads to ${url}/gone, which answers 404: there is no such page.`,
      `warning runbook-answers rules/shop.yaml:10 A6: leads to ${url}/app#x: whether the anchor is there cannot be told, a script makes its headings. Open it once.`,
    ]);
    assert.equal(asked.filter(({ url: { pathname } }) => pathname === "/shop").length, 2); // once by the redirect
    assert.ok(asked.every(({ authorization, method }) => authorization === undefined && method === "GET"));
  });

  it("does not open what is a path of the repository", async () =>
    assert.deepEqual(await doctor({ ...declared }, { runbooks: true }), { code: 0, lines: [] }));

  it("knows the anchors of a page of GitHub, which it holds as JSON", () => {
    const { anchors, hasHeadings } = readAnchors(
      '<script type="application/json">{"html":"<h2 id=\\"user-content-orders\\">"}</script>',
    );
    assert.deepEqual([[...anchors], hasHeadings], [["user-content-orders"], true]);
  });

  it("takes no anchor from the chrome of a page that a script fills", () =>
    assert.equal(readAnchors('<nav id="menu"><h2>Menu</h2></nav>').hasHeadings, false));
});
