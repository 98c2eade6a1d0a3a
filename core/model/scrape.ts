/** How the series of a service come to Prometheus, and with it the labels that each of them has beside the metric's own. */
export interface Scrape {
  /**
   * `plain`: Prometheus' own discovery, with `job` and `instance`. `pod-monitor`: the operator's PodMonitor, also with
   * `namespace`, `pod`, `container` and `endpoint`. `service-monitor`: its ServiceMonitor, also with `service`.
   */
  readonly by: "plain" | "pod-monitor" | "service-monitor";
  /** Labels that an agent, or whatever sends the series to where they are asked for, adds to all of them, such as `cluster`. */
  readonly externalLabels?: readonly string[];
  /** That Prometheus' own discovery also sets the label `namespace` to that of the pod. The operator always does. Not, when left out. */
  readonly namespaceLabel?: true;
  /**
   * That a metric's own label wins over one of that name which the scrape sets (`honorLabels` of an endpoint, `honor_labels` of a
   * job). It is renamed to `exported_…` when left out, as Prometheus does by default.
   */
  readonly honorLabels?: true;
  /** Where the metrics are. `/metrics` when left out. */
  readonly path?: string;
  /** How often. As Prometheus is configured when left out; see {@link shortestInterval} and {@link longestInterval}. */
  readonly intervalSeconds?: number;
  /** Labels of the pods, by which a PodMonitor or Prometheus' own discovery finds them. */
  readonly podLabels?: Readonly<Record<string, string>>;
}

/** Of what is scraped more often the windows of rules would hold more samples than anybody has measured. */
export const shortestInterval = 5;

/** Rules look back 4 minutes: four scrapes at this interval, of which one may fail and one may be late. */
export const longestInterval = 60;

const added: Readonly<Record<Scrape["by"], readonly string[]>> = {
  plain: [],
  "pod-monitor": ["namespace", "pod", "container", "endpoint"],
  "service-monitor": ["namespace", "pod", "container", "endpoint", "service"],
};

/** The labels that scraping adds to every series; those that both conventions add where none is declared. */
export function targetLabels(scrape: Scrape = { by: "plain" }): readonly string[] {
  return [...setLabels(scrape), ...(scrape.externalLabels ?? [])];
}

/** The labels that take the place of a metric's own, which is then called `exported_…`. */
export function replacedLabels(scrape: Scrape): readonly string[] {
  return scrape.honorLabels === true ? [] : setLabels(scrape);
}

function setLabels({ by, namespaceLabel }: Scrape): readonly string[] {
  return ["job", "instance", ...added[by], ...(by === "plain" && namespaceLabel === true ? ["namespace"] : [])];
}
