import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { checks } from "../../../core/checks";
import { blockIsFresh } from "../../../core/checks/block-is-fresh";
import { checkModel, runCheck } from "../../../core/checks/check";
import { installed } from "../../../core/model/installed";
import type { Installation } from "../../../core/model/installation";
import { indexOf, type Model } from "../../../core/model/model";
import { parsePromql, walk, type Selector } from "../../../core/model/promql-syntax";
import { queriesIn } from "../../../core/model/queries";
import { gatesOf, phasesOf } from "../../../core/model/rollout";
import { atInstallation } from "../../../core/render/at-installation";
import { renderDashboard } from "../../../core/render/dashboard";
import { renderInhibitions } from "../../../core/render/inhibitions";
import { renderRuleGroups } from "../../../core/render/rule-groups";
import { loadProject } from "../../../project";
import { environment } from "./environment";

const { checked: model } = checkModel(loadProject(resolve(__dirname, "../../..")), checks);
assert.ok(model);

const namespace = "dark-tower-b";
const here: Installation = { workloadNamespace: namespace, externalLabels: { cluster: "eu-1" }, stack: "prod" };
const moved = atInstallation(model, here);

/** Series of Prometheus and Alertmanager themselves, and the targets of whatever job: no installation has them. */
const ofNobody = ["ALERTS", "alertmanager_notifications_failed_total"].concat([
  "prometheus_notifications_dropped_total",
  "prometheus_rule_evaluation_failures_total",
]);

const selectorsOf = (expr: string): readonly Selector[] => {
  const tree = parsePromql(expr);
  assert.ok(tree, expr);
  return [...walk(tree)].filter((node) => node.type === "selector");
};

const asks = ({ matchers }: Selector, label: string, value: string): boolean =>
  matchers.some((matcher) => matcher.label === label && matcher.op === "=" && matcher.value === value);

/** Whether all that a selector can be about is of an installation. */
const isTold = ({ metric, matchers }: Selector): boolean =>
  !ofNobody.includes(metric) && (metric !== "up" || matchers.some(({ label }) => label === "job"));

const gateQueries = ({ services }: Model): readonly string[] =>
  services.flatMap(({ rollout }) =>
    rollout
      ? [
          rollout.replaced.expr,
          ...phasesOf(rollout).flatMap((phase) =>
            gatesOf(rollout, phase).map((gate) => (gate.type === "promql" ? gate.query.expr : gate.seenAs.query.expr)),
          ),
        ]
      : [],
  );

/** Every query of a dashboard as Grafana gets it, those of its variables and annotations too. */
function drawn(of: Model): readonly string[] {
  const texts = of.services.flatMap((service) =>
    service.dashboards.map((dashboard) => renderDashboard(dashboard, service, indexOf(of), environment)),
  );
  const values = (key: string): readonly string[] =>
    texts.flatMap((text) =>
      [...text.matchAll(new RegExp(`"${key}": ("(?:[^"\\\\]|\\\\.)*")`, "g"))].map(([, value = ""]) => String(JSON.parse(value))),
    );
  const chosen = values("query").flatMap((query) => /^label_values\((.*), \w+\)$/s.exec(query)?.[1] ?? []);
  return [...values("expr"), ...chosen];
}

describe("a stack that is no installation among several", () => {
  it("deploys the very same model", () => {
    assert.equal(atInstallation(model, {}), model);
    assert.equal(atInstallation(model, { externalLabels: {}, stack: "prod" }), model);
  });
});

describe("one of several installations", () => {
  it("asks for its labels in every selector of rules, panels, gates and runbook blocks", () => {
    const rules = moved.services.flatMap((service) =>
      renderRuleGroups(service, indexOf(moved), environment).flatMap((group) => group.rules.map(({ expr }) => expr)),
    );
    const all = [...rules, ...drawn(moved), ...gateQueries(moved), ...queriesIn(moved).map(({ expr }) => expr)];
    const selectors = all.filter((expr) => parsePromql(expr)).flatMap(selectorsOf);
    assert.ok(selectors.length > 1000);
    for (const selector of selectors.filter(isTold)) {
      assert.ok(asks(selector, "namespace", namespace), JSON.stringify(selector));
      assert.ok(asks(selector, "cluster", "eu-1"), JSON.stringify(selector));
    }
    for (const selector of selectors.filter((one) => !isTold(one) && one.metric !== "ALERTS"))
      assert.ok(!selector.matchers.some(({ label }) => label === "namespace"), JSON.stringify(selector));
  });

  it("keeps what it records and what it tells apart from what another does", () => {
    const rules = moved.services.flatMap((service) =>
      renderRuleGroups(service, indexOf(moved), environment).flatMap((group) => group.rules),
    );
    for (const rule of rules)
      if ("record" in rule) assert.deepEqual(rule.labels, { namespace, cluster: "eu-1" });
      else {
        assert.equal(rule.labels["namespace"], environment.monitoringNamespace);
        assert.equal(rule.labels["workload_namespace"], namespace);
        assert.equal(rule.labels["cluster"], "eu-1");
      }
    for (const { equal } of renderInhibitions(moved))
      assert.deepEqual(equal.slice(0, 3), ["namespace", "workload_namespace", "cluster"]);
  });

  it("has the same in its runbooks as on its dashboards", () => {
    assert.deepEqual(runCheck(blockIsFresh, moved), []);
    assert.notDeepEqual(moved.runbooks, model.runbooks);
  });

  it("tells its runbooks' commands which stack they ask about", () => {
    const commands = moved.runbooks.flatMap(({ text }) => text.match(/^npm run gate -- .*$/gm) ?? []);
    assert.ok(commands.length > 3);
    for (const command of commands) assert.match(command, / --stack prod( |$)/);
  });

  it("offers values of its own alone, also where a variable asks Grafana in its own words", () => {
    const asked = ["label_values(mc_meetings_active, pod)", "query_result(count by (actor_type) (mc_actor_mailbox_depth))"];
    const others = ["label_values(pod)", "metrics(mc_.*)", "label_values(prometheus_build_info, version)"];
    const variables = [...asked, ...others].map((query, number) => ({ name: `v${number}`, label: "V", query }));
    const parts: Model = model;
    const changed: Model = {
      ...parts,
      services: model.services.map((service) => ({
        ...service,
        dashboards: service.dashboards.map((dashboard) => ({ ...dashboard, variables })),
      })),
    };
    const [first] = installed(changed, here).services.flatMap(({ dashboards }) => dashboards);
    assert.deepEqual(
      first?.variables?.map((variable) => ("query" in variable ? variable.query : "")),
      [
        'label_values(mc_meetings_active{namespace="dark-tower-b",cluster="eu-1"}, pod)',
        'query_result(count by (actor_type) (mc_actor_mailbox_depth{namespace="dark-tower-b",cluster="eu-1"}))',
        ...others,
      ],
    );
  });

  it("finds its pods in its namespace, and the instances of no other to choose from", () => {
    assert.deepEqual([...new Set(moved.services.flatMap(({ workload }) => workload?.namespace ?? []))], [namespace]);
    const variables = drawn(moved).filter((query) => query.startsWith("up{job="));
    assert.ok(variables.length > 0 && variables.every((query) => !query.includes("$namespace")));
  });
});
