import { coerce, lt } from "semver";
import type { Finding } from "./core/model/finding";
import type { Model } from "./core/model/model";
import type { Settings } from "./settings";

/** What a piece of software cannot do before a version, or only in one: each from its changelog. */
interface Limit {
  readonly of: keyof Settings["versions"];
  readonly before?: string;
  /** The one minor version that cannot. */
  readonly in?: string;
  readonly reads: string;
  /** What of the stack needs it, by name. Nothing where the stack does without. */
  readonly neededBy: (model: Model, settings: Settings) => readonly string[];
}

const limits: readonly Limit[] = [
  { of: "prometheus", before: "2.42", reads: "keep_firing_for", neededBy: keptFiring },
  {
    of: "operator",
    before: "0.66",
    reads: "keep_firing_for in a PrometheusRule",
    neededBy: (model, settings) => (settings.rules === "operator" ? keptFiring(model) : []),
  },
  {
    of: "operator",
    before: "0.53",
    reads: "matchType in the inhibitions of an AlertmanagerConfig",
    neededBy: (_, { alertmanager }) => (alertmanager === "operator" ? ["alertmanager"] : []),
  },
  {
    of: "operator",
    in: "0.88",
    reads: "templates in the links of PagerDuty",
    neededBy: (_, { alertmanager, receivers }) => (alertmanager === "operator" ? receiversOf("pagerduty", receivers) : []),
  },
  { of: "thanosRuler", before: "0.34", reads: "keep_firing_for", neededBy: keptFiring },
  { of: "alertmanager", before: "0.22", reads: "matchers", neededBy: () => ["alertmanager"] },
  {
    of: "alertmanager",
    before: "0.26",
    reads: "url_file of a webhook",
    neededBy: (_, { alertmanager, receivers }) => (alertmanager === "operator" ? [] : receiversOf("webhook", receivers)),
  },
  { of: "grafana", before: "8.0", reads: "these dashboards", neededBy: ({ services }) => services.map(({ id }) => id) },
];

const mostNames = 5;

/** What the software of a stack cannot do of what the stack would deploy. A version that is not stated refuses nothing. */
export function findTooOld(model: Model, settings: Settings, file: string): readonly Finding[] {
  return limits.flatMap((limit) => {
    const stated = settings.versions[limit.of];
    if (stated === undefined) return [];
    const version = coerce(stated);
    if (!version || !applies(limit, version.version)) return [];
    const names = limit.neededBy(model, settings);
    if (names.length === 0) return [];
    const shown =
      names.slice(0, mostNames).join(", ") + (names.length > mostNames ? ` and ${names.length - mostNames} more` : "");
    const since =
      limit.before === undefined ? `version ${limit.in ?? ""} refuses it` : `only version ${limit.before} and newer do`;
    const message = `${limit.of} ${stated} does not read ${limit.reads}: ${since}. Needed by ${shown}.`;
    return [{ check: "settings", severity: "error", subject: { file, name: `versions.${limit.of}` }, message }];
  });
}

function applies({ before, in: only }: Limit, version: string): boolean {
  if (before !== undefined) return lt(version, coerce(before) ?? version);
  return only === version.split(".").slice(0, 2).join(".");
}

function keptFiring({ services }: Model): readonly string[] {
  return services.flatMap(({ alerts }) =>
    alerts.filter(({ keepFiringFor }) => keepFiringFor !== undefined).map(({ name }) => name),
  );
}

function receiversOf(type: string, receivers: Settings["receivers"]): readonly string[] {
  return Object.entries(receivers).flatMap(([name, receiver]) => (receiver.type === type ? [`receivers.${name}`] : []));
}
