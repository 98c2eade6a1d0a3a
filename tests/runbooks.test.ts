import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { loadRunbooks } from "../core/load/runbooks";
import { loadStackFile } from "../core/load/stack-file";
import { queriesOfFence } from "../core/model/queries";
import { loadProject, prepareDeployment } from "../project";

const root = resolve(__dirname, "..");
const runbooks = loadRunbooks(root);

describe("the runbooks of this project", () => {
  for (const { path, fences } of runbooks)
    it(`hold one query in each promql block of ${path}, since Prometheus takes one at a time`, () => {
      const several = fences.filter((fence) => fence.language === "promql" && queriesOfFence(fence).length !== 1);
      assert.deepEqual(
        several.map(({ line }) => line),
        [],
      );
    });

  it("are deployed with the namespaces and the Prometheus of their stack", () => {
    const values = loadStackFile(root, "prod");
    assert.ok("value" in values);
    const own = { monitoringNamespace: "monitoring", prometheusService: "prometheus-server:80" };
    const prepared = prepareDeployment(loadProject(root), "prod", { ...values.value, ...own });
    assert.ok("value" in prepared);
    for (const id of ["gc", "mc"]) {
      const path = `${id}/incident-response.md`;
      const text = (documents: readonly { readonly path: string; readonly text: string }[]): readonly string[] =>
        documents.find((document) => document.path === path)?.text.split("\n") ?? [];
      const written = text(runbooks);
      const changed: readonly string[] = text(prepared.value.model.runbooks).filter((line, index) => line !== written[index]);
      assert.deepEqual(changed, [
        "export MONITORING_NAMESPACE=monitoring",
        "export PROMETHEUS_SERVICE=prometheus-server",
        "export PROMETHEUS_PORT=80",
      ]);
      assert.ok(written.includes("export NAMESPACE=dark-tower"));
    }
  });
});
