import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { loadDeployed } from "../../../core/load/deployed";
import { indexOf } from "../../../core/model/model";
import { panelNumber, panelsOf, type PanelQuery } from "../../../core/model/panel";
import { loadProject } from "../../../project";
import { renderDashboard } from "../../../core/render/dashboard";
import { renderRuleObjects } from "../../../core/render/prometheus-rule";
import { temporaryFolder } from "../../machine/temporary-folder";
import { environment } from "../render/environment";

const model = loadProject(`${__dirname}/../../..`);
const index = indexOf(model);

describe("what is read back of a deployment", () => {
  const deployed = loadDeployed(deploy(temporaryFolder()));

  it("has every panel, in open and in closed rows, with its queries as its alerts evaluate them", () => {
    for (const dashboard of model.services.flatMap(({ dashboards }) => dashboards)) {
      for (const panel of panelsOf(dashboard)) {
        const { title, description, queries } =
          deployed.panels.get(`${dashboard.uid}/${panelNumber(panel.id)}`) ?? assert.fail(panel.id);
        const declared = Object.values<PanelQuery>(panel.queries).map(({ query }) => query.expr);
        assert.deepEqual(
          { title, description, queries },
          { title: panel.title, description: panel.description, queries: declared },
        );
      }
    }
  });

  it("has the panel to which an alert leads, whatever else its address says", () => {
    assert.equal(deployed.alerts.size, model.services.flatMap(({ alerts }) => alerts).length);
    for (const alert of model.services.flatMap(({ alerts }) => alerts)) {
      const uid = index.dashboardOf.get(alert.panel)?.uid ?? "";
      assert.equal(deployed.alerts.get(alert.name)?.panel, `${uid}/${panelNumber(alert.panel.id)}`);
    }
  });
});

function deploy(folder: string): string {
  const dashboards = join(folder, "grafana", "dashboards");
  mkdirSync(dashboards, { recursive: true });
  mkdirSync(join(folder, "manifests"));
  for (const service of model.services) {
    for (const dashboard of service.dashboards)
      writeFileSync(join(dashboards, `${dashboard.uid}.json`), renderDashboard(dashboard, service, index, environment));
    for (const { name, groups } of renderRuleObjects(service, index, environment))
      writeFileSync(
        join(folder, "manifests", `${name}.yaml`),
        stringify({ kind: "PrometheusRule", metadata: { name }, spec: { groups } }),
      );
  }
  return folder;
}
