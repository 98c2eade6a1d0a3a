import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeEach, describe, it } from "@jest/globals";
import { withPanicAlert } from "./changed-project";
import { committedProject } from "./committed-project";
import { warnLater } from "./releases";

describe("npm run preview", () => {
  const project = committedProject();
  afterAll(() => project.remove());
  beforeEach(() => void project.git("checkout", "--quiet", "."));

  /** What a reviewer reads before anything is unfolded, without the line that names the commits. */
  function preview(...args: readonly string[]): { readonly code: number; readonly summary: string } {
    const { code } = project.command("preview", "--base", "HEAD", ...args);
    const [summary = ""] = project.read("preview.md").split("<details>");
    return { code, summary: summary.replace(/^\w+ Base.*, compared with \w+ Base\.\n\n/m, "") };
  }

  it("says that nothing changes, stack by stack where they hold different objects", () => {
    project.edit("services/mc/actor-alerts.ts", (text) => `${text}\n// Nothing that is deployed.\n`);
    const { code, summary } = preview();
    assert.equal(
      summary,
      `<!-- dark-tower-observability preview -->
## Changes nothing that is deployed

Resources of dev:
- unchanged: 10

Resources of prod:
- unchanged: 18

Resources of staging:
- unchanged: 14
`,
    );
    assert.equal(code, 0);
  });

  it("runs nothing for a stack of which no file has changed, and tells another's settings", () => {
    project.edit("README.md", (text) => `${text}\nOne more sentence.\n`);
    project.edit("Pulumi.staging.yaml", (text) => `${text}  dark-tower-observability:datasourceUid: another\n`);
    const { code, summary } = preview();
    assert.match(summary, /^dev, prod: no file has changed from which this is deployed\.$/m);
    assert.match(summary, /^Resources of staging:\n- update /m);
    assert.doesNotMatch(summary, /Resources of (dev|prod)/);
    assert.equal(code, 0);
  });

  it("deploys a base once, and keeps it", () => {
    project.edit("Pulumi.dev.yaml", warnLater);
    const bases = (): string =>
      readdirSync(join(project.root, ".cache", "bases"))
        .sort()
        .join();
    const first = preview("--stack", "dev");
    assert.equal(first.code, 0);
    const kept = bases();
    assert.match(kept, /(^|,)dev-[0-9a-f]{16}(,|$)/);
    assert.deepEqual(preview("--stack", "dev"), first);
    assert.equal(bases(), kept);
  });

  it("tells alerts added, removed and renamed, and thresholds, durations and severities, old -> new", () => {
    project.edit("services/gc/assignment-alerts.ts", (text) =>
      text
        .replaceAll("GCUnhealthyMcs", "GCMcsUnhealthy")
        .replace(/(alert\("GCNoMcsAvailable".*?severity: )"page"/s, '$1"warning"'),
    );
    project.edit("services/mc/session-alerts.ts", (text) =>
      text
        .replace(/ {2}connectionFailures: alert\(.*?\n {2}\}\),\n/s, "")
        .replace("panel: panels.redisLatency,", '$&\n    for: "10m",'),
    );
    project.edit("services/mc/actor-alerts.ts", (text) =>
      withPanicAlert(text.replace("page: { above: 500,", "page: { above: 600,"), {
        key: "manyPanics",
        name: "MCManyPanics",
        section: "scenario-2-actor-panics",
      }),
    );
    project.edit("runbooks/gc/incident-response.md", (text) => text.replaceAll("GCUnhealthyMcs", "GCMcsUnhealthy"));
    assert.equal(project.command("generate").code, 0);
    const { code, summary } = preview("--stack", "dev");
    assert.equal(
      summary,
      `<!-- dark-tower-observability preview -->
## Changes 8 alerts, 8 runbook sections, 4 inhibitions, 2 panels

### dev

| what | which | change |
|---|---|---|
| alert | \`GCMcsUnhealthy\` | **renamed** from \`GCUnhealthyMcs\` |
| alert | \`MCConnectionFailures\` | **removed**. Severity warning; fires when it is above 10 %; nobody is told any more. |
| alert | \`GCMetricMissing\`<br>\`MCTrafficStopped\` | query changed, see below |
| alert | \`GCNoMcsAvailable\` | severity: page → **warning** |
| alert | \`MCCriticalMailboxDepth\` | threshold: above 500 → **above 600** |
| alert | \`MCRedisSlow\` | for: 5m → **10m** |
| alert | \`MCManyPanics\` | **added**. Severity page; fires when it is above 5; leads to mc/incident-response.md#scenario-2-actor-panics. |
| runbook section | \`gc/incident-response.md#gc-incident-response\`<br>\`gc/incident-response.md#scenarios\`<br>\`gc/incident-response.md#scenario-6-no-mcs-available\`<br>\`mc/incident-response.md#scenarios\`<br>\`mc/incident-response.md#scenario-1-high-mailbox-depth\`<br>\`mc/incident-response.md#scenario-2-actor-panics\`<br>\`mc/incident-response.md#scenario-5-session-join-failures\`<br>\`mc/incident-response.md#scenario-10-redis-slow-or-mc-fenced-out\` | text changed |
| inhibition | \`GCDatabaseDown silences GCUnhealthyMcs with the same namespace\`<br>\`MCDown silences GCUnhealthyMcs with the same namespace\` | **removed** |
| inhibition | \`GCDatabaseDown silences GCMcsUnhealthy with the same namespace\`<br>\`MCDown silences GCMcsUnhealthy with the same namespace\` | **added** |
| panel | \`GC overview / Instances without a metric\`<br>\`MC overview / Traffic that stopped\` | query changed, see below |

Resources of dev:
- update \`AlertmanagerConfig alertmanager\`, \`ConfigMap gc-dashboards-gc-overview\`, \`ConfigMap gc-runbooks\`, \`ConfigMap mc-dashboards-mc-overview\`, \`ConfigMap mc-runbooks\`, \`PrometheusRule gc-rules\`, \`PrometheusRule mc-rules\`
- unchanged: 3

`,
    );
    assert.equal(code, 0);
  });

  it("tells what becomes of sections, inhibitions, receivers, objectives, budgets, recording rules, panels and resources", () => {
    const reworded = (text: string): string =>
      text
        .replaceAll("Scenario 2: Actor panics", "Scenario 2: An actor panics")
        .replaceAll("scenario-2-actor-panics", "scenario-2-an-actor-panics");
    for (const runbook of ["gc/incident-response.md", "mc/incident-response.md"]) project.edit(`runbooks/${runbook}`, reworded);
    project.edit("services/mc/actor-alerts.ts", reworded);
    project.edit("services/gc/slos.ts", (text) => text.replace("thresholdSeconds: 0.02", "thresholdSeconds: 0.015"));
    project.edit("services/cascades.ts", (text) =>
      text.replace("[gcAlerts.noMcsAvailable, gcAlerts.assignmentFailures]", "[gcAlerts.assignmentFailures]"),
    );
    project.edit("services/mc/dashboards.ts", (text) =>
      text.replace('title: "WebTransport connection failure ratio"', 'title: "Failed connections"'),
    );
    project.edit(
      "Pulumi.dev.yaml",
      (text) =>
        `${text}  dark-tower-observability:receivers:\n    page:\n      pagerduty: dark-tower-pagerduty/routing-key\n    warning:\n      slack: dark-tower-slack/webhook-url\n      channel: "#dark-tower-alerts"\n`,
    );
    assert.equal(project.command("generate").code, 0);
    const { code, summary } = preview("--stack", "dev");
    assert.equal(
      summary,
      `<!-- dark-tower-observability preview -->
## Changes 2 alerts, 10 runbook sections, 1 inhibition, 3 receivers, 1 objective, 1 journey, 1 recording rule, 3 panels

### dev

| what | which | change |
|---|---|---|
| alert | \`GCSlowAssignment\` | threshold: above 20 ms → **above 15 ms** |
| alert | \`MCActorPanic\` | runbook section: mc/incident-response.md#scenario-2-actor-panics → **mc/incident-response.md#scenario-2-an-actor-panics** |
| runbook section | \`mc/incident-response.md#scenario-2-actor-panics\` | **removed**. Led there: MCActorPanic (now mc/incident-response.md#scenario-2-an-actor-panics). |
| runbook section | \`gc/incident-response.md#gc-incident-response\`<br>\`gc/incident-response.md#scenario-4-slow-mc-assignment\`<br>\`gc/incident-response.md#scenario-5-assignment-failures\`<br>\`mc/incident-response.md#mc-incident-response\`<br>\`mc/incident-response.md#scenarios\`<br>\`mc/incident-response.md#scenario-3-messages-dropped\`<br>\`mc/incident-response.md#scenario-5-session-join-failures\`<br>\`mc/incident-response.md#scenario-8-pods-restarting\` | text changed |
| runbook section | \`mc/incident-response.md#scenario-2-an-actor-panics\` | **added** |
| inhibition | \`GCNoHealthyMcs silences GCNoMcsAvailable with the same namespace\` | **removed** |
| receiver | \`nobody\`<br>\`page\`<br>\`warning\` | **added** |
| objective | \`gc-assignment\` | objective: 95 % within 20 ms → **95 % within 15 ms**. Touches journey meeting-join, service mc. |
| journey | \`Meeting join, client to session\` | budget: 520 ms of 600 ms (95 %), 80 ms left → **515 ms of 600 ms (95 %), 85 ms left** |
| recording rule | \`slo:gc_assignment:bad_events_rate5m\` | query changed, see below |
| panel | \`GC overview / Error budget left: GC assignment\`<br>\`GC overview / Burn rate: GC assignment\` | description changed, see below |
| panel | \`MC overview / Failed connections\` | **renamed** from \`WebTransport connection failure ratio\` |

Resources of dev:
- create \`AlertmanagerConfig alertmanager-routing\`
- update \`AlertmanagerConfig alertmanager\`, \`ConfigMap gc-dashboards-gc-overview\`, \`ConfigMap gc-runbooks\`, \`ConfigMap mc-dashboards-mc-overview\`, \`ConfigMap mc-runbooks\`, \`PrometheusRule gc-rules\`, \`PrometheusRule mc-rules\`
- unchanged: 3

`,
    );
    assert.equal(code, 0);
  });

  it("prints a replacement in bold", () => {
    project.edit("Pulumi.dev.yaml", (text) => `${text}  dark-tower-observability:monitoringNamespace: observability\n`);
    const { summary } = preview("--stack", "dev");
    assert.equal(
      summary,
      `<!-- dark-tower-observability preview -->
## Changes 2 runbook sections

### dev

| what | which | change |
|---|---|---|
| runbook section | \`gc/incident-response.md#before-you-start\`<br>\`mc/incident-response.md#before-you-start\` | text changed |

Resources of dev:
- **replace** \`AlertmanagerConfig alertmanager\`, \`ConfigMap gc-dashboards-gc-overview\`, \`ConfigMap gc-dashboards-gc-rollout\`, \`ConfigMap gc-runbooks\`, \`ConfigMap journeys-dashboards-journey-meeting-join\`, \`ConfigMap mc-dashboards-mc-overview\`, \`ConfigMap mc-dashboards-mc-rollout\`, \`ConfigMap mc-runbooks\`, \`PrometheusRule gc-rules\`, \`PrometheusRule mc-rules\`
- unchanged: 0

`,
    );
  });

  it("yields the findings of a head that would not be deployed", () => {
    project.edit("runbooks/mc/incident-response.md", (text) => text.replaceAll("Scenario 2: Actor panics", "Scenario 2: Panics"));
    const { code, summary } = preview("--stack", "dev");
    assert.match(
      summary,
      /^## Would not be deployed: dev\n[^]+error anchor-exists {2}services\/mc\/actor-alerts\.ts:13 MCActorPanic\n/m,
    );
    assert.equal(code, 1);
  });

  it("yields the type errors of a head that does not compile", () => {
    project.edit("services/mc/actor-alerts.ts", (text) => text.replace("panels.messageProcessing", "panels.messageProcesing"));
    const { code, summary } = preview("--stack", "dev");
    assert.match(
      summary,
      /^## Would not be deployed: dev\n[^]+actor-alerts\.ts\(\d+,\d+\): error TS2551: .*Did you mean 'messageProcessing'\?/m,
    );
    assert.equal(code, 1);
  });

  it("refuses a base that this clone does not have", () => {
    const { code, printed } = project.command("preview", "--base", "origin/nowhere");
    assert.equal(
      printed,
      'This clone has no commit "origin/nowhere". Fetch it (git fetch origin nowhere), or name another with --base.\n',
    );
    assert.equal(code, 1);
  });
});
