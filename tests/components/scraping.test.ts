import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { Scraping } from "../../components/scraping";
import { installed } from "../../core/model/installed";
import type { Workload } from "../../core/model/workload";
import { renderScrapeConfig } from "../../core/render/scrape";
import { inTemporaryFolder } from "../../core/simulate/local-server";
import { loadProject } from "../../project";
import { workload as gc } from "../../services/gc/workload";
import { workload as mc } from "../../services/mc/workload";
import { promtool } from "../tools/promtool";
import { recordResources, settled } from "./recorded";

const often: Workload = {
  ...mc,
  scrape: { by: "pod-monitor", podLabels: { app: "mc.service" }, intervalSeconds: 30, path: "/m", honorLabels: true },
};

describe("what scrapes a workload", () => {
  it("as a PodMonitor finds its pods in its own namespace, and gives the series the job that the rules ask for", async () => {
    const recorded = recordResources();
    new Scraping("mc", { workload: often, target: "pod-monitor", namespace: "monitoring" });
    await settled();
    assert.deepEqual(recorded.at(-1)?.inputs["spec"], {
      namespaceSelector: { matchNames: ["dark-tower"] },
      selector: { matchLabels: { app: "mc.service" } },
      podMetricsEndpoints: [
        {
          portNumber: 8081,
          path: "/m",
          interval: "30s",
          honorLabels: true,
          relabelings: [{ targetLabel: "job", replacement: "mc-service" }],
        },
      ],
    });
  });

  it("as a file is one that Prometheus takes, beside that of another workload", async () => {
    const command = await promtool();
    await inTemporaryFolder((folder) => {
      [gc, often].forEach((workload, number) => writeFileSync(join(folder, `${number}.yaml`), renderScrapeConfig(workload)));
      writeFileSync(join(folder, "prometheus.yml"), "scrape_config_files: ['*.yaml']\n");
      const { status, stdout, stderr } = spawnSync(command, ["check", "config", "prometheus.yml"], {
        cwd: folder,
        encoding: "utf8",
      });
      assert.equal(status, 0, stdout + stderr);
      return Promise.resolve();
    });
  });

  it("as a file of an installation sets the namespace by which its series are told, which plain Prometheus does not", () => {
    const sets = (text: string): boolean => text.includes("target_label: namespace");
    const [moved] = installed(loadProject(resolve(__dirname, "../..")), { workloadNamespace: "town-b" }).services.flatMap(
      ({ workload }) => workload ?? [],
    );
    assert.ok(moved);
    assert.ok(!sets(renderScrapeConfig(gc)));
    assert.ok(sets(renderScrapeConfig(moved)));
    assert.match(renderScrapeConfig(moved), /names:\n +- town-b\n/);
  });

  it("is refused where nothing says by which labels the pods are found", () => {
    const { scrape: _, ...unknown } = gc;
    const args = { workload: unknown, target: "pod-monitor", namespace: "monitoring" } as const;
    assert.throws(() => new Scraping("gc", args), /GC: its workload does not say by which labels its pods are found/);
  });
});
