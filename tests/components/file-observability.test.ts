import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { FileObservability } from "../../components/file-observability";
import { loadCheckedFiles } from "../../library/files/checked-files";
import { folderOf, rules, small } from "../files/small-repository";
import { recordResources, settled, type Recorded } from "./recorded";

const place = { namespace: "monitoring", ruleLabels: { release: "main" } };
const dashboard = JSON.stringify({
  uid: "app_Overview",
  title: "App",
  panels: [{ title: "Wait", description: "How long.", targets: [{ expr: "app_wait" }] }],
});
const files = {
  ...small,
  "chain.yaml": `${small["chain.yaml"] ?? ""}dashboards: [dashboards/*.json]\n`,
  "dashboards/app.json": dashboard,
};

function load(repository: Readonly<Record<string, string>>): ReturnType<typeof loadCheckedFiles> {
  return loadCheckedFiles(`${folderOf(repository)}/chain.yaml`);
}

/** What was registered, and what each resource waits for, by name. */
async function deploy(
  repository: Readonly<Record<string, string>>,
): Promise<{ readonly recorded: readonly Recorded[]; readonly waits: ReadonlyMap<string, readonly string[]> }> {
  const recorded = recordResources();
  const waits = new Map<string, readonly string[]>();
  const transformations: pulumi.ResourceTransformation[] = [
    ({ name, props, opts }) => {
      const on = [opts.dependsOn ?? []].flat();
      const names = on.flatMap((one) => (pulumi.Resource.isInstance(one) ? [String(Reflect.get(one, "__name"))] : []));
      waits.set(name, [...(waits.get(name) ?? []), ...names]); // a component and the object of its name
      return { props, opts };
    },
  ];
  new FileObservability("ops", { ...load(repository), ...place }, { transformations });
  await settled();
  return { recorded, waits };
}

describe("FileObservability of loadCheckedFiles", () => {
  it("registers runbooks and dashboards before the rules that lead to them, as they are written", async () => {
    const { recorded, waits } = await deploy(files);
    assert.deepEqual(
      recorded.map(({ type, name }) => `${type} ${name}`),
      [
        "dark-tower:observability:FileObservability ops",
        "dark-tower:observability:RunbookConfigMaps ops-runbooks",
        "dark-tower:observability:GrafanaDashboards ops-dashboards",
        "kubernetes:core/v1:ConfigMap ops-runbooks",
        "kubernetes:core/v1:ConfigMap ops-dashboards-app_Overview",
        "dark-tower:observability:PrometheusRules ops-rules-app",
        "kubernetes:monitoring.coreos.com/v1:PrometheusRule ops-rules-app",
      ],
    );
    assert.deepEqual(waits.get("ops-rules-app"), ["ops-runbooks", "ops-dashboards"]);
    assert.deepEqual(waits.get("ops-runbooks"), []);
    const of = (name: string): Readonly<Record<string, unknown>> =>
      recorded.find((one) => one.name === name && !one.type.startsWith("dark-tower:"))?.inputs ?? {};
    assert.deepEqual(of("ops-runbooks")["data"], { "runbooks.app.md": small["runbooks/app.md"] });
    assert.deepEqual(of("ops-dashboards-app_Overview")["data"], { "app_Overview.json": dashboard });
    assert.deepEqual(of("ops-dashboards-app_Overview")["metadata"], {
      name: "ops-dashboard-app-overview",
      namespace: "monitoring",
      labels: { "app.kubernetes.io/part-of": "ops", grafana_dashboard: "1" },
    });
    assert.deepEqual(of("ops-rules-app")["metadata"], {
      name: "ops-rules-app",
      namespace: "monitoring",
      labels: { "app.kubernetes.io/part-of": "ops", release: "main" },
    });
    assert.deepEqual(of("ops-rules-app")["spec"], {
      groups: [
        {
          name: "app",
          rules: [
            {
              alert: "AppDown",
              expr: "up == 0",
              annotations: { summary: "It is broken", runbook_url: "runbooks/app.md#appdown" },
            },
            {
              alert: "AppSlow",
              expr: "app_wait > 5",
              annotations: { summary: "It is broken", runbook_url: "runbooks/app.md#appslow" },
            },
          ],
        },
      ],
    });
  });

  it("deploys nothing when a check finds an error, and tells all of them", async () => {
    const recorded = recordResources();
    const broken = {
      ...files,
      "rules/app.yaml": rules(["AppDown", "count(up) == 0"], ["AppGone", "up == 0"]),
      "dashboards/app.json": dashboard.replace("app_wait", "topk(0, app_wait)"),
    };
    assert.throws(
      () => new FileObservability("ops", { ...load(broken), ...place }),
      ({ message }: Error) =>
        message.startsWith("Nothing is deployed.\n\n") &&
        ["query-has-result  rules/app.yaml:5", "anchor-exists  rules/app.yaml", "query-has-result  dashboards/app.json"].every(
          (part) => message.includes(part),
        ),
    );
    await settled();
    assert.deepEqual(recorded, []);
  });

  it("deploys what has warnings, and what an exception accepts until its day", () => {
    const accepting = (until: string): Readonly<Record<string, string>> => ({
      ...files,
      "rules/app.yaml": rules(["AppDown", "count(up) == 0"]),
      "chain.yaml": `${files["chain.yaml"]}exceptions:\n  - { check: query-has-result, reason: soon gone, until: ${until} }\n`,
    });
    assert.deepEqual(Object.keys(load(accepting("2999-01-01")).rules), ["rules-app"]);
    assert.throws(() => load(accepting("2020-12-31")), /query-has-result/);
  });

  it("takes rules and dashboards wherever the checks find them: in Lists, ConfigMaps, as the API wraps them", () => {
    const indented = (text: string, by: string): string => text.replaceAll(/^(?=.)/gm, by);
    const list = ["kind: PrometheusRuleList", "apiVersion: v1", "items:"].concat([
      "  - apiVersion: monitoring.coreos.com/v1",
      "    kind: PrometheusRule",
      "    metadata: { name: app }",
      "    spec:",
      indented(rules(["AppDown", "up == 0"]), "      "),
    ]);
    const map = ["apiVersion: v1", "kind: ConfigMap", "metadata: { name: app }", "data:", "  app.yaml: |"];
    const loaded = load({
      ...files,
      "rules/list.yaml": list.join("\n"),
      "rules/map.yaml": [...map, indented(rules(["AppSlow", "app_wait > 5"]).replace("name: app", "name: map"), "    ")].join(
        "\n",
      ),
      "rules/app.yaml": rules(["AppLate", "app_wait > 5"]).replace("#applate", "#appslow").replace("name: app", "name: late"),
      "dashboards/app.json": JSON.stringify({ meta: { slug: "app" }, dashboard: JSON.parse(dashboard) as unknown }),
    });
    assert.deepEqual(Object.keys(loaded.rules), ["rules-app", "rules-list", "rules-map"]);
    assert.match(JSON.stringify(loaded.rules["rules-list"]), /"AppDown"/);
    assert.match(JSON.stringify(loaded.rules["rules-map"]), /"AppSlow"/);
    assert.deepEqual(JSON.parse(loaded.dashboards["app_Overview"] ?? ""), JSON.parse(dashboard));
  });

  it("takes no rules of Loki for Prometheus' own", () => {
    const logs = rules(["AppLogs", `'sum(rate({app="app"} |= "panic" [5m])) > 1'`]).replace("applogs", "appdown");
    assert.deepEqual(Object.keys(load({ ...files, "rules/loki.yaml": logs }).rules), ["rules-app"]);
  });

  it("names runbooks by what a ConfigMap's key may be, also those that lie in a ConfigMap", () => {
    const map = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: web }\ndata:\n  web.md: |\n    # Web\n";
    const loaded = load({
      ...files,
      "chain.yaml": `rules: [rules/*.yaml]\nrunbooks: ["runbooks/**"]\n`,
      "runbooks/at night/what? (1).md": "# Night\n",
      "runbooks/web.yaml": map,
    });
    assert.deepEqual(Object.keys(loaded.runbooks), ["runbooks.app.md", "runbooks.at-night.what-1-.md", "web.web.md"]);
    assert.equal(loaded.runbooks["web.web.md"], "# Web\n");
  });

  it("refuses two files that would become one object", () => {
    assert.throws(
      () =>
        load({
          ...files,
          "chain.yaml": "rules: [rules/*]\nrunbooks: [runbooks/*]\n",
          "rules/app.yml": rules(["AppSlow", "app_wait > 6"]).replace("name: app", "name: b"),
        }),
      /rules\/app\.yml and rules\/app\.yaml would both become "rules-app"\. Rename one\./,
    );
  });
});
