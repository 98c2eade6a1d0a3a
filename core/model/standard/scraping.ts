import type { Alert, Severity } from "../alert";
import { alert } from "../declared-alert";
import type { Upstream } from "../dependency";
import type { Duration } from "../duration";
import { fires, quiet, series, type InputSeries } from "../example";
import { panel, type Panel } from "../panel";
import { promql, where, type Query } from "../query";
import type { RunbookSection } from "../runbook";
import { examplePod, replicasOf, type Workload } from "../workload";
import { platform } from "./platform";

/** How many instances of a workload are scraped, and how many there should be: of its own dashboard, or of one that shows it as an upstream. */
export function instancesUp(id: string, workload: Workload, description: string): Panel<"up"> {
  const wanted = replicasOf(workload);
  return panel(id, {
    title: `${workload.name} instances up`,
    description,
    unit: "short",
    view: "stat",
    badBelow: { red: 1, orange: wanted },
    queries: { up: { query: promql`sum(${upByInstance(workload)}) or vector(0)`, legend: `up, ${wanted} wanted` } },
  });
}

/** A target that is scraped twice is one instance. */
function upByInstance({ job }: Workload): Query {
  return promql`max by (instance) (${where(platform.up, { job })})`;
}

/**
 * That a service depends on another one of this program, and what goes wrong without it: `mc: upstream(mcWorkload, "…")`. A panel
 * shows whether it is up, and the runbooks begin with the step "Check MC health".
 */
export function upstream(workload: Workload, reason: string): Upstream {
  const { name } = workload;
  const up = `${name} instances that Prometheus can scrape. At 0, look there first.`;
  return { reason, seenBy: [instancesUp(`${name.toLowerCase()}-up`, workload, up)], step: `Check ${name} health` };
}

/** What is seen of the scraping of a workload. */
export interface ScrapingPanels {
  readonly instancesUp: Panel<"up">;
  readonly up: Panel<"instance">;
  readonly scrapesAnswered: Panel<"instance">;
}

/** Whether Prometheus can scrape a workload. */
export function scrapingPanels(workload: Workload): ScrapingPanels {
  const { name, job } = workload;
  return {
    instancesUp: instancesUp(
      "instances-up",
      workload,
      `How many ${name} instances Prometheus can scrape. An instance that has no target at all is not up either.`,
    ),
    up: panel("up", {
      title: "Scrape state by instance",
      description: `1 while Prometheus can scrape the ${name} instance, 0 while it cannot.`,
      unit: "short",
      queries: { instance: { query: upByInstance(workload), legend: "{{instance}}" } },
    }),
    scrapesAnswered: panel("scrapes-answered", {
      title: "Scrapes answered by instance",
      description: `Share of the scrapes within 5 minutes that the ${name} instance answered.`,
      unit: "percentunit",
      queries: {
        instance: {
          query: promql`max by (instance) (avg_over_time(${where(platform.up, { job })}[5m]))`,
          legend: "{{instance}}",
        },
      },
    }),
  };
}

/** Where the alerts on the scrapes lead, and what it means that none or one of the instances is down. */
export interface ScrapingAlerts {
  readonly down: RunbookSection;
  readonly allDownImpact: string;
  /** How long the page goes on after the recovery: longer than what it explains elsewhere. 6m when left out. */
  readonly downOutlasts?: Duration;
  /** A warning when left out: the others serve. */
  readonly oneDown: { readonly severity?: Severity; readonly impact: string };
}

/** None is up, one is not, one is up only now and then. */
export function scrapingAlerts(
  workload: Workload,
  panels: ScrapingPanels,
  told: ScrapingAlerts,
): Readonly<Record<"down" | "instanceDown" | "instanceFlapping", Alert>> {
  const { name, job } = workload;
  const instances = ["a", "b"].map((suffix) => `${examplePod(workload)}-${suffix}:http`);
  const [instance = ""] = instances;
  const scraped = (values: readonly string[]): readonly InputSeries[] =>
    instances.map((target, number) => series(platform.up, { job, instance: target }, values[number] ?? ""));
  return {
    down: alert(`${name}Down`, {
      panel: panels.instancesUp,
      below: 1,
      for: "1m",
      keepFiringFor: told.downOutlasts ?? "6m",
      severity: "page",
      summary: `No ${name} instance is up`,
      impact: told.allDownImpact,
      runbook: told.down,
      examples: [
        fires({ input: scraped(["1x4 0x20", "1x4 0x20"]), at: "6m", value: 0 }),
        fires({ input: scraped(["1x4 stale", "1x4 stale"]), at: "6m", value: 0 }),
        fires({ input: [], at: "1m", value: 0 }),
        quiet("another instance serves", { input: scraped(["0x20", "1x20"]), until: "20m" }),
        quiet("one scrape of each fails", { input: scraped(["1x4 0 1x20", "1x4 0 1x20"]), until: "20m" }),
      ],
    }),
    instanceDown: alert(`${name}InstanceDown`, {
      panel: panels.up,
      below: 1,
      for: "2m",
      keepFiringFor: "6m", // longer than the share of answered scrapes remembers it
      severity: told.oneDown.severity ?? "warning",
      summary: `${name} instance {instance} cannot be scraped`,
      impact: told.oneDown.impact,
      runbook: told.down,
      examples: [
        fires({ input: scraped(["1x4 0x20", "1x20"]), at: "7m", labels: { instance }, value: 0 }),
        quiet("one scrape fails", { input: scraped(["1x4 0 1x20", "1x20"]), until: "20m" }),
      ],
    }),
    instanceFlapping: alert(`${name}InstanceFlapping`, {
      panel: panels.scrapesAnswered,
      below: 0.7,
      for: "10m",
      severity: "warning",
      summary: `${name} instance {instance} answers only {value} of the scrapes`,
      impact: "It is overloaded, restarting or hard to reach, and what it reports of itself is full of holes.",
      runbook: told.down,
      examples: [
        fires({
          input: scraped([`1x9${" 0 1".repeat(20)}`, "1x50"]),
          at: "22m",
          labels: { instance },
          value: 0.4,
        }),
        quiet("two scrapes in a row fail", { input: scraped(["1x9 0 0 1x30", "1x40"]), until: "40m" }),
        quiet("it starts slowly", { input: scraped(["_x9 0 0 1x30", "1x40"]), until: "40m" }),
      ],
    }),
  };
}
