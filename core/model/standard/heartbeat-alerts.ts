import type { Alert, Severity } from "../alert";
import { alert } from "../declared-alert";
import { fires, quiet, series, type InputSeries } from "../example";
import { exampleLabels } from "../example-labels";
import type { Accepts } from "../finding";
import { latency, rate } from "../good-day";
import { partRow, type Part } from "../part";
import { promql, where } from "../query";
import type { RunbookSection } from "../runbook";
import { examplePod, type Workload } from "../workload";
import {
  heartbeatMetrics,
  heartbeatPanels,
  heartbeatRow,
  typesOf,
  type HeartbeatMetrics,
  type HeartbeatPanels,
  type Registration,
} from "./heartbeats";
import { platform } from "./platform";

interface Told {
  readonly severity: Severity;
  readonly impact: string;
  readonly accepts?: Accepts;
}

/** From which numbers on the alerts on heartbeats tell, what it means for users, and where they lead. */
export interface HeartbeatAlerts extends Registration {
  readonly runbook: RunbookSection;
  /** None was accepted for 2 minutes, of an instance that has been up for 3. */
  readonly stopped: Told;
  /** The share that is refused, for 5 minutes. */
  readonly errors: Told & { readonly above: number };
  /** The p95 of the answers in seconds, for 5 minutes. */
  readonly slow: Told & { readonly above: number };
}

type HeartbeatAlert = "heartbeatsStopped" | "heartbeatErrors" | "slowHeartbeats";

/** The alerts that every service has which stays registered with another one, on the panels of `heartbeatPanels`. */
export function heartbeatAlerts(
  workload: Workload,
  metrics: HeartbeatMetrics,
  panels: HeartbeatPanels,
  { to, runbook, stopped, errors, slow }: HeartbeatAlerts,
): Readonly<Record<HeartbeatAlert, Alert>> {
  const { name, job } = workload;
  const instance = `${examplePod(workload)}:http`;
  const refused = Math.ceil(30 * (1 + errors.above)); // of 60 a minute, and more than the threshold
  const target = where(platform.up, { job });
  const up = (values: string): InputSeries => series(platform.up, { job, instance }, values);
  const sent = (status: "success" | "error", values: string): InputSeries => ({
    name: metrics.heartbeats.name,
    labels: { ...exampleLabels(metrics.heartbeats, ["instance"], [{ status, instance }]), instance },
    values,
  });
  return {
    heartbeatsStopped: alert(`${name}HeartbeatsStopped`, {
      panel: panels.heartbeats,
      // Registered up to 2 minutes after its start is normal, and at 60 s scrapes two more samples must tell.
      expression: promql`
        max by (instance) (${target}) == 1
        and on (instance)
        max by (instance) (max_over_time(${target}[2m] offset 3m)) == 1
        unless on (instance)
        sum by (instance) (increase(${where(metrics.heartbeats, { status: "success" })}[2m])) > 0`,
      trigger: `an instance has been up for 3 minutes but the ${to} accepted none of its heartbeats in 2 minutes`,
      for: "2m",
      summary: `{instance} is not registered with the ${to}`,
      runbook,
      ...stopped,
      examples: [
        fires({ input: [up("1x20"), sent("success", "0+6x5 30x20")], at: "8m", labels: { instance }, value: 1 }),
        fires({ input: [up("_x3 1x20")], at: "8m", labels: { instance }, value: 1 }),
        quiet("heartbeats flow", { input: [up("1x20"), sent("success", "0+6x20")], until: "20m" }),
        quiet("it registers 2 minutes after its start", {
          input: [up("_x3 1x30"), sent("success", "_x6 3+6x30")],
          until: "30m",
        }),
        quiet(`the instance is down, which ${name}Down tells`, { input: [up("0x20")], until: "20m" }),
      ],
    }),
    heartbeatErrors: alert(`${name}HeartbeatErrors`, {
      panel: panels.heartbeatErrorRatio,
      // What failed before it was registered, within 2 minutes of its start, is then no longer in the window.
      guard: promql`max by (instance) (max_over_time(${target}[2m] offset 8m)) == 1`,
      summary: `The ${to} refuses {value} of the heartbeats of {instance}`,
      runbook,
      ...errors,
      examples: [
        fires({
          input: [up("1x20"), sent("success", `0+${60 - refused}x20`), sent("error", `0+${refused}x20`)],
          at: "13m",
          labels: { instance },
          value: refused / 60,
        }),
        quiet("it registers 2 minutes after its start", {
          input: [up("_x3 1x30"), sent("error", "_x3 6 12 12x30"), sent("success", "_x5 6+6x30")],
          until: "30m",
        }),
        quiet("all heartbeats succeed", { input: [up("1x20"), sent("success", "0+60x20")], until: "20m" }),
      ],
    }),
    slowHeartbeats: alert(`${name}SlowHeartbeats`, {
      panel: panels.heartbeatLatency,
      guard: "none", // heartbeats are sent whether anybody is there or not
      summary: `${typesOf(metrics.heartbeatLatency).length === 0 ? "Heartbeats" : "{heartbeat_type} heartbeats"} take {value} (p95)`,
      runbook,
      ...slow,
    }),
  };
}

/** That a service stays registered with another one, as a part of it: its heartbeats, their row, and their alerts. */
export function heartbeatPart(
  service: string,
  workload: Workload,
  told: HeartbeatAlerts,
): Part<HeartbeatAlert> & { readonly panels: HeartbeatPanels } {
  const metrics = heartbeatMetrics(service, told);
  const panels = heartbeatPanels(workload, metrics, told);
  const perMinute = 60 / told.everySeconds;
  return {
    metrics,
    panels,
    rows: [partRow(`${told.to} registration`, "behind", heartbeatRow(panels))],
    alerts: heartbeatAlerts(workload, metrics, panels, told),
    background: [
      rate(metrics.heartbeats, { status: "success" }, { perMinute }),
      latency(metrics.heartbeatLatency, {}, { perMinute, seconds: Math.min(0.01, told.slow.above / 10) }),
    ],
  };
}
