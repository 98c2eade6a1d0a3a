import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { dashboardIsThere } from "../../../core/running/dashboard-is-there";
import { runbookAnswers } from "../../../core/running/runbook-answers";
import type { Page, Running } from "../../../core/running/running";
import type { Told } from "../../../core/running/told";
import { said } from "./situation";

describe("dashboard-is-there", () => {
  const link = { uid: "shop", panel: 3, subject: { file: "rules.yaml", name: "A" } };
  const of = (
    dashboards: Readonly<Record<string, Told<{ panels?: readonly number[] } | undefined>>>,
    datasources = {},
  ): Running => ({
    grafana: {
      server: "http://grafana",
      dashboards: new Map(Object.entries(dashboards)),
      datasources: new Map(Object.entries<Told<boolean>>(datasources)),
    },
  });
  const dashboard = { uid: "shop", panels: [], subject: { file: "shop.json", name: "shop" } };

  it("reports a dashboard, a panel and a data source that are not there", () => {
    assert.deepEqual(
      said(dashboardIsThere, { dashboards: [dashboard], dashboardLinks: [link] }, of({ shop: { data: undefined } })),
      ['shop: Grafana has no dashboard with the uid "shop". Deploy it.'],
    );
    assert.deepEqual(said(dashboardIsThere, { dashboardLinks: [link] }, of({ shop: { data: undefined }, shops: { data: {} } })), [
      'A: leads to the dashboard "shop", which Grafana does not have. Did you mean "shops"?',
    ]);
    assert.deepEqual(said(dashboardIsThere, { dashboardLinks: [link] }, of({ shop: { data: { panels: [1, 2] } } })), [
      'A: leads to panel 3 of the dashboard "shop", and the one that Grafana has has no such panel: was it changed by hand, or not deployed?',
    ]);
    const datasources = [{ uid: "prom", subject: { file: "shop.json", name: "shop/Orders" } }];
    assert.deepEqual(said(dashboardIsThere, { datasources }, of({}, { prom: { data: false } })), [
      'shop/Orders: uses the data source "prom", which Grafana does not have: it draws nothing.',
    ]);
  });

  it("is silent about what is there, what cannot be told, and panels of a schema that is not read", () => {
    const all = { dashboards: [dashboard], dashboardLinks: [link], datasources: [{ uid: "prom", subject: dashboard.subject }] };
    assert.deepEqual(said(dashboardIsThere, all, of({ shop: { data: { panels: [3] } } }, { prom: { data: true } })), []);
    assert.deepEqual(
      said(dashboardIsThere, all, of({ shop: { cannotTell: "HTTP 403" } }, { prom: { cannotTell: "HTTP 403" } })),
      [],
    );
    assert.deepEqual(said(dashboardIsThere, all, of({ shop: { data: {} } })), []);
  });
});

describe("runbook-answers", () => {
  const page = (parts: Partial<Page> = {}): Told<Page> => ({
    data: { status: 200, anchors: new Set(["orders-fail", "user-content-refunds"]), hasHeadings: true, ...parts },
  });
  const says = (anchor: string, told: Told<Page>): readonly string[] =>
    said(
      runbookAnswers,
      { runbookPages: [{ address: "https://wiki/shop", anchor, subject: { file: "rules.yaml", name: "A" } }] },
      { runbooks: new Map([["https://wiki/shop", told]]) },
    );

  it("reports a page or an anchor that is not there", () => {
    assert.deepEqual(says("", page({ status: 404 })), [
      "A: leads to https://wiki/shop, which answers 404: there is no such page.",
    ]);
    assert.deepEqual(says("order-fails", page()), [
      'A: leads to https://wiki/shop#order-fails, and that page has no such anchor. Did you mean "orders-fail"?',
    ]);
  });

  it("warns where a script or a login stands before the anchor", () => {
    const told = "warning A: leads to https://wiki/shop#x: whether the anchor is there cannot be told,";
    assert.deepEqual(says("x", page({ hasHeadings: false })), [`${told} a script makes its headings. Open it once.`]);
    assert.deepEqual(says("x", page({ redirected: "https://login/" })), [`${told} it leads on to https://login/. Open it once.`]);
  });

  it("is silent about what is there, also as GitHub names it, and about what does not answer", () => {
    assert.deepEqual(says("orders-fail", page()), []);
    assert.deepEqual(says("refunds", page()), []);
    assert.deepEqual(says("", page({ hasHeadings: false })), []);
    assert.deepEqual(says("orders-fail", page({ redirected: "https://wiki/new/shop" })), []);
    assert.deepEqual(says("x", { cannotTell: "HTTP 403" }), []);
  });
});
