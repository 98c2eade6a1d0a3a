import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { loadDeployed } from "../../../core/load/deployed";
import type { Deployed } from "../../../core/model/deployed";
import { indexOf, type Model } from "../../../core/model/model";
import type { RunbookDocument } from "../../../core/model/runbook";
import type { Service } from "../../../core/model/service";
import { platform } from "../../../core/model/standard/platform";
import { renderDashboard } from "../../../core/render/dashboard";
import { renderRuleGroups } from "../../../core/render/rule-groups";
import { compare } from "../../../machine/preview/compare";
import type { Change } from "../../../core/model/change";
import { environment } from "../../core/render/environment";
import { temporaryFolder } from "../../machine/temporary-folder";

/** What lies in the folder of a stack: rules, dashboards, runbooks. */
export interface Documents {
  readonly groups: readonly object[];
  readonly dashboards: readonly string[];
  /** Markdown by its path below `runbooks/`. */
  readonly runbooks: Readonly<Record<string, string>>;
}

/** The same as the preview reads it. */
export function deployed({ groups, dashboards, runbooks }: Documents): Deployed {
  const folder = temporaryFolder();
  const [manifests, grafana] = [join(folder, "manifests"), join(folder, "grafana", "dashboards")];
  for (const each of [manifests, grafana]) mkdirSync(each, { recursive: true });
  writeFileSync(
    join(manifests, "rules.yaml"),
    stringify({ kind: "PrometheusRule", metadata: { name: "rules" }, spec: { groups } }),
  );
  dashboards.forEach((text, index) => writeFileSync(join(grafana, `${index}.json`), text));
  Object.entries(runbooks).forEach(([path, text], index) => {
    const [service = "", file = ""] = path.split("/");
    const metadata = { name: service, labels: { "app.kubernetes.io/name": service } };
    writeFileSync(join(manifests, `${index}.yaml`), stringify({ kind: "ConfigMap", metadata, data: { [file]: text } }));
  });
  return loadDeployed(folder);
}

/** What a declared service deploys. */
export function documentsOf(service: Service, runbooks: readonly RunbookDocument[], model?: Model): Documents {
  const own = { services: [service], platform, runbooks, sectionsFile: "", dependencies: [], cascades: [], journeys: [] };
  const index = indexOf(model ?? own);
  return {
    groups: renderRuleGroups(service, index, environment),
    dashboards: service.dashboards.map((dashboard) => renderDashboard(dashboard, service, index, environment)),
    runbooks: Object.fromEntries(runbooks.map(({ path, text }) => [path, text])),
  };
}

/** What differs by meaning, as the preview tells it. */
export function changesBetween(before: Documents, after: Documents): readonly Change[] {
  const snapshot = (documents: Documents) => ({ deployed: deployed(documents), outputs: {} });
  return compare(snapshot(before), snapshot(after));
}

/** A change in a line. */
export function told({ kind, action, name, what = "", before = "", after = "" }: Change): string {
  return [kind, action, name, what, before, after].join(" | ");
}
