import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Cascade } from "../../../core/model/dependency";
import { indexOf, type Model } from "../../../core/model/model";
import { panel, panelNumber } from "../../../core/model/panel";
import { queryOf } from "../../../core/model/query";
import { renderAlert } from "../../../core/render/alert";
import { deepAlert, exampleModel, type Change } from "../checks/example";
import { environment } from "./environment";

describe("a rendered alert", () => {
  it("carries everything that leads on from it", () => {
    assert.deepEqual(render(), {
      alert: "EXDeep",
      expr: "max by (actor_type) (ex_depth) > 100",
      for: "5m",
      labels: { severity: "warning", service: "ex", namespace: "monitoring" },
      annotations: {
        summary: "{{ $labels.actor_type }} holds {{ $value | humanize }}",
        description:
          'Fires when it is above 100 for 5m (now {{ $value | humanize }}). Seen on the dashboard "EX overview", panel "Depth".',
        impact: "Delays.",
        runbook_url: "https://runbooks.example.com/ex/incident-response.md#scenario-1-deep-mailboxes",
        dashboard_url: `https://grafana.example.com/d/ex-overview?from=now-1h&to=now&viewPanel=${panelNumber("depth")}`,
      },
    });
  });

  it("has labels of its own beside those of every alert", () => {
    assert.deepEqual(render({ alert: { labels: { slo: "ex-joins" } } }).labels, {
      severity: "warning",
      service: "ex",
      namespace: "monitoring",
      slo: "ex-joins",
    });
  });

  it("does not print the value of an expression, which is not what the panel draws", () => {
    const when = { expression: queryOf("absent(ex_depth)"), trigger: "nothing is reported" };
    assert.equal(
      render({ alert: { when } }).annotations["description"],
      'Fires when nothing is reported for 5m. Seen on the dashboard "EX overview", panel "Depth".',
    );
  });

  it("names the alert that explains it, and why", () => {
    const upstream = { ...deepAlert, name: "EXUpstream" };
    const cascades: readonly Cascade[] = [{ upstream, downstream: [deepAlert], reason: "It comes first." }];
    assert.match(
      render({ alerts: [upstream], model: { cascades } }).annotations["description"] ?? "",
      / Look first at the Example: does EXUpstream fire\? It comes first\.$/,
    );
  });

  it("cannot lead to a panel that is on no dashboard", () => {
    const lost = panel("lost", {
      title: "Lost",
      description: "x",
      unit: "short",
      queries: { q: { query: queryOf("up"), legend: "" } },
    });
    assert.throws(() => render({ alert: { panel: lost } }), /^Error: EXDeep: its panel is on no dashboard/);
  });
});

function render(change: Change = {}) {
  const model: Model = exampleModel(change);
  const [service] = model.services;
  const alert = service?.alerts[0];
  assert.ok(service && alert);
  return renderAlert(alert, service, indexOf(model), environment);
}
