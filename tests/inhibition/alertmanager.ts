import { join } from "node:path";
import { z } from "zod";
import { getJson, startServer, testFolder } from "./server";

/** Labels of one alert, `alertname` among them. */
export type AlertLabels = Readonly<Record<string, string>>;

const alerts = z.array(
  z.object({
    labels: z.record(z.string(), z.string()),
    annotations: z.record(z.string(), z.string()),
    fingerprint: z.string(),
    status: z.object({ state: z.string(), inhibitedBy: z.array(z.string()) }),
  }),
);

/** An alert as Alertmanager has it. */
export type ReceivedAlert = z.infer<typeof alerts>[number];

/** A running Alertmanager. */
export interface Alertmanager {
  /** Where Prometheus sends its alerts to. */
  readonly url: string;
  readonly post: (labels: readonly AlertLabels[], annotations?: Readonly<Record<string, string>>) => Promise<void>;
  readonly alerts: () => Promise<readonly ReceivedAlert[]>;
}

/** Starts Alertmanager, alone and with nothing in it. */
export async function startAlertmanager(configuration: string): Promise<Alertmanager> {
  const folder = testFolder();
  const args = [`--storage.path=${join(folder, "state")}`, "--cluster.listen-address="];
  const url = await startServer({ tool: "alertmanager", folder, configuration, args });
  return {
    url,
    post: async (labels, annotations = {}) => {
      const body = JSON.stringify(labels.map((set) => ({ labels: set, annotations })));
      const headers = { "Content-Type": "application/json" };
      const response = await fetch(`${url}/api/v2/alerts`, { method: "POST", headers, body });
      if (!response.ok) throw new Error(`Alertmanager refuses the alerts: ${await response.text()}`);
    },
    alerts: async () => alerts.parse(await getJson(`${url}/api/v2/alerts`)),
  };
}

/** Labels that every alert has, or that follow from its name. */
const implied = ["alertname", "severity", "service", "namespace", "slo", "burn_rate"];

/** An alert in short: its name, and the labels that tell it from others of that name. */
export function nameOf(labels: AlertLabels): string {
  const own = Object.keys(labels).filter((label) => !implied.includes(label));
  return ["alertname", ...own.sort()].map((label) => labels[label] ?? "").join(" ");
}

/** The alerts in short, sorted. */
export function namesOf(labelSets: readonly AlertLabels[]): readonly string[] {
  return labelSets.map(nameOf).sort();
}
