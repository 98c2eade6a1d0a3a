import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { checks } from "../core/checks";
import { runChecks } from "../core/checks/check";
import { readMarkdown } from "../core/load/markdown";
import type { Finding } from "../core/model/finding";
import type { Metric } from "../core/model/metric";
import type { Model } from "../core/model/model";
import type { Panel } from "../core/model/panel";
import type { Service } from "../core/model/service";
import { loadProject } from "../project";

const project = loadProject(resolve(__dirname, ".."));

describe("this project", () => {
  it("has nothing that its checks report", () => {
    assertFindings(project, { declared: [], inRunbooks: [] });
  });
});

/** Each thing is renamed where it is declared; whatever still has the old name must be told of. */
describe("renaming", () => {
  it("a heading tells every alert that leads there, and the nearest heading", () => {
    const gone = "scenario-1-high-mailbox-depth";
    const renamed = withRunbook("mc/incident-response.md", "## Scenario 1: High mailbox depth", "## Scenario 1: Deep mailboxes");
    const message = `links to "${gone}", which is no heading of runbooks/mc/incident-response.md. Did you mean "scenario-1-deep-mailboxes"?`;
    assertFindings(renamed, {
      declared: [
        `anchor-exists services/mc/alerts.ts MCHighMailboxDepth: ${message}`,
        `anchor-exists services/mc/alerts.ts MCCriticalMailboxDepth: ${message}`,
      ],
      inRunbooks: [
        `sections-file-is-fresh runbooks/sections.ts: is stale: it lists "mc/incident-response.md#${gone}", which the Markdown no longer has; it lacks "mc/incident-response.md#scenario-1-deep-mailboxes". Run \`npm run generate\`.`,
        stale("mc", "scenarios"),
        `link-exists runbooks/gc/incident-response.md: links to "../mc/incident-response.md#${gone}", but runbooks/mc/incident-response.md has no heading "${gone}". Did you mean "scenario-1-deep-mailboxes"?`,
        `link-exists runbooks/mc/incident-response.md: links to "#${gone}", but runbooks/mc/incident-response.md has no heading "${gone}". Did you mean "scenario-1-deep-mailboxes"?`,
        'section-has-alert runbooks/mc/incident-response.md: no alert leads to "Scenario 1: Deep mailboxes". Add one, or write why there is none below the heading: `<!-- accept section-has-alert: reason -->`.',
      ],
    });
  });

  it("a metric tells every panel, alert and command with it", () => {
    const uses = 'uses "mc_actor_mailbox_depth", which no catalog declares. Did you mean "mc_actor_mailbox_size"?';
    const lacks =
      'leads to "Scenario 1: High mailbox depth" of runbooks/mc/incident-response.md, where no promql block uses a metric of its panel. Add a block ```promql panel=mc-overview/mailbox-depth and run `npm run generate`.';
    assertFindings(
      withMetric("mc_actor_mailbox_depth", (metric) => ({ ...metric, name: "mc_actor_mailbox_size" })),
      {
        declared: [
          `metric-is-declared services/mc/dashboards.ts mc-overview/metric-missing: the panel ${uses}`,
          `metric-is-declared services/mc/dashboards.ts mc-overview/mailbox-depth: the panel ${uses}`,
          `metric-is-declared services/mc/dashboards.ts mc-overview/mailbox-now: the panel ${uses}`,
          `metric-is-declared services/mc/dashboards.ts mc-rollout/before-mailboxes-shallow: the panel ${uses}`,
          `metric-is-declared services/mc/alerts.ts MCHighMailboxDepth: the alert ${uses}`,
          `metric-is-declared services/mc/alerts.ts MCCriticalMailboxDepth: the alert ${uses}`,
          `metric-is-declared services/mc/alerts.ts MCMetricMissing: the alert ${uses}`,
          `section-uses-panel-metric services/mc/alerts.ts MCHighMailboxDepth: ${lacks}`,
          `section-uses-panel-metric services/mc/alerts.ts MCCriticalMailboxDepth: ${lacks}`,
        ],
        inRunbooks: ["gc/incident-response", "mc/deployment", "mc/incident-response"].map(
          (name) => `metric-is-declared runbooks/${name}.md: the runbook command ${uses}`,
        ),
      },
    );
  });

  it("a label tells every panel, alert and command that is grouped by it", () => {
    const groups =
      'groups by "actor_type", which its operand does not have. It has actor_kind, job, instance. Did you mean "actor_kind"?';
    assertFindings(
      withMetric("mc_actor_mailbox_depth", ({ requiredGrouping: _, ...metric }) => ({
        ...metric,
        labels: { actor_kind: ["MeetingActor"] },
      })),
      {
        declared: [
          `label-is-declared services/mc/dashboards.ts mc-overview/mailbox-depth: the panel ${groups}`,
          `label-is-declared services/mc/dashboards.ts mc-overview/mailbox-now: the panel ${groups}`,
          `label-is-declared services/mc/alerts.ts MCHighMailboxDepth: the alert ${groups}`,
          `label-is-declared services/mc/alerts.ts MCCriticalMailboxDepth: the alert ${groups}`,
        ],
        inRunbooks: ["gc", "mc"].map(
          (service) => `label-is-declared runbooks/${service}/incident-response.md: the runbook command ${groups}`,
        ),
      },
    );
  });

  it("a label's value tells every panel, alert and command that looks for it", () => {
    const looks = 'looks for status="error", a value that mc_gc_heartbeat_total never has. It has success, failure.';
    assertFindings(
      withMetric("mc_gc_heartbeat_total", (metric) => ({
        ...metric,
        labels: { ...metric.labels, status: ["success", "failure"] },
      })),
      {
        declared: [
          `label-value-is-declared services/mc/dashboards.ts mc-overview/heartbeat-error-ratio: the panel ${looks}`,
          `label-value-is-declared services/mc/alerts.ts MCHeartbeatErrors: the alert ${looks}`,
        ],
        inRunbooks: [
          `label-value-is-declared runbooks/gc/deployment.md: the runbook command ${looks}`,
          `label-value-is-declared runbooks/mc/incident-response.md: the runbook command ${looks}`,
        ],
      },
    );
  });

  it("a panel tells every block that is filled from it", () => {
    assertFindings(withPanelId("mailbox-depth", "mailbox-size"), {
      declared: [],
      inRunbooks: [
        'block-is-fresh runbooks/gc/incident-response.md: the block names the panel "mc-overview/mailbox-depth", which no dashboard has.',
        'block-is-fresh runbooks/mc/incident-response.md: the block names the panel "mc-overview/mailbox-depth", which no dashboard has. Did you mean "mc-overview/mailbox-size"?',
      ],
    });
  });

  it("an alert tells the sections that still name it, and that its own does not", () => {
    const renamed = withService((service) => ({
      ...service,
      alerts: service.alerts.map((alert) => (alert.name === "MCActorPanic" ? { ...alert, name: "MCActorDied" } : alert)),
    }));
    assertFindings(renamed, {
      declared: [
        'section-names-its-alerts services/mc/alerts.ts MCActorDied: leads to "Scenario 2: Actor panics" of runbooks/mc/incident-response.md, which does not name it. Write `MCActorDied` into it, for instance into its Symptoms.',
        "cascade-is-clear services/cascades.ts MCActorPanic: names MCActorPanic, an alert that no service has. Add it to the alerts of its service, or drop it here.",
      ],
      inRunbooks: [
        stale("gc", "look-first"),
        stale("mc", "scenarios"),
        stale("mc", "alerts"),
        'section-names-its-alerts runbooks/gc/incident-response.md: names the alert "MCActorPanic", which no service has. Did you mean "MCActorDied"?',
        'section-names-its-alerts runbooks/mc/incident-response.md: names the alert "MCActorPanic", which no service has. Did you mean "MCActorDied"?',
      ],
    });
  });
});

/** What is written from the alerts has to be written anew. */
function stale(service: string, block: string): string {
  return `block-is-fresh runbooks/${service}/incident-response.md: the block "${block}" differs from what the alerts say now. Run \`npm run generate\`.`;
}

/** Findings of declared things one by one; of runbooks, the same words in one file once, since their lines move. */
function assertFindings(
  model: Model,
  expected: { readonly declared: readonly string[]; readonly inRunbooks: readonly string[] },
): void {
  const all = runChecks(model, checks).findings;
  const inRunbooks = (finding: Finding): boolean => finding.subject.file.startsWith("runbooks/");
  assert.deepEqual(
    {
      declared: all.filter((finding) => !inRunbooks(finding)).map(print),
      inRunbooks: [...new Set(all.filter(inRunbooks).map(print))],
    },
    expected,
  );
}

function print({ check, subject: { file, name }, message }: Finding): string {
  return `${check} ${file}${name === undefined ? "" : ` ${name}`}: ${message}`;
}

function withRunbook(path: string, before: string, after: string): Model {
  return {
    ...project,
    runbooks: project.runbooks.map((document) =>
      document.path === path ? readMarkdown(path, document.text.replace(before, after)) : document,
    ),
  };
}

function withMetric(name: string, change: (metric: Metric) => Metric): Model {
  return withService((service) => ({
    ...service,
    metrics: Object.fromEntries(
      Object.entries(service.metrics).map(([key, metric]) => [key, metric.name === name ? change(metric) : metric]),
    ),
  }));
}

function withService(change: (service: Service) => Service): Model {
  return { ...project, services: project.services.map((service) => (service.id === "mc" ? change(service) : service)) };
}

/** The panel under another id, on its dashboard and at its alerts. */
function withPanelId(before: string, after: string): Model {
  const renamed = new Map<Panel, Panel>();
  const rename = (panel: Panel): Panel => {
    if (panel.id === before && !renamed.has(panel)) renamed.set(panel, { ...panel, id: after });
    return renamed.get(panel) ?? panel;
  };
  return withService((service) => ({
    ...service,
    dashboards: service.dashboards.map((dashboard) => ({
      ...dashboard,
      rows: dashboard.rows.map((row) => ({ ...row, panels: row.panels.map(rename) })),
    })),
    alerts: service.alerts.map((alert) => ({ ...alert, panel: rename(alert.panel) })),
  }));
}
