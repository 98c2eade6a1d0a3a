import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { inEachQuery, type QueryFault } from "../../../core/checks/in-each-query";
import type { Model } from "../../../core/model/model";
import { exampleModel, metrics } from "./example";

/** A fault of every query, which counts how often it is looked for. */
function counting(): { readonly faultsOf: QueryFault; readonly asked: () => number } {
  let asked = 0;
  return { faultsOf: (tree) => [`is a ${tree.type}, ${++asked}`], asked: () => asked };
}

const model = exampleModel({ query: "max by (actor_type) (ex_depth)" });
const withAlerts = (change: Model): Model => ({
  ...change,
  services: change.services.map((service) => ({
    ...service,
    alerts: service.alerts.map((alert) => ({ ...alert, for: "1m" })),
  })),
});

describe("what is wrong with queries", () => {
  it("is told wherever a text stands, and looked for once", () => {
    const { faultsOf, asked } = counting();
    const found = inEachQuery(model, faultsOf);
    assert.ok(found.length > asked());
    const texts = found.map(({ message }) => message.replace(/^the (panel|alert|recording rule|runbook command) /, ""));
    assert.equal(new Set(texts).size, asked());
  });

  it("is not looked for again where only alerts differ", () => {
    const { faultsOf, asked } = counting();
    inEachQuery(model, faultsOf);
    const once = asked();
    inEachQuery(withAlerts(model), faultsOf);
    assert.equal(asked(), once);
  });

  it("is looked for again with other catalogs, and with other labels of the environment", () => {
    const { faultsOf, asked } = counting();
    inEachQuery(model, faultsOf);
    const once = asked();
    inEachQuery({ ...model, services: model.services.map((service) => ({ ...service, metrics: { ...metrics } })) }, faultsOf);
    assert.equal(asked(), 2 * once);
    inEachQuery({ ...model, seriesLabels: ["cluster"] }, faultsOf);
    assert.equal(asked(), 3 * once);
  });

  it("is told of the kinds that are named", () => {
    const { faultsOf } = counting();
    const found = inEachQuery(model, faultsOf, ["recording rule"]);
    assert.ok(found.length > 0 && found.every(({ message }) => message.startsWith("the recording rule ")));
  });
});
