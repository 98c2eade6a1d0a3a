import type { LoadedPrometheus, NamedAlert } from "../../model/files/cluster";
import { below, type At } from "../../model/files/place";
import type { Document } from "./documents";
import { listOf, mapOf, textOf, textOr } from "./shape";

const defaultScrapeSeconds = 60;

/** Reads prometheus.yml. The longest scrape interval counts: a window must hold two samples of every series. */
export function readPrometheus(file: string, { value, at }: Document): LoadedPrometheus | undefined {
  const { global, scrape_configs, rule_files } = mapOf(value);
  if (scrape_configs === undefined && rule_files === undefined) return undefined;
  const usual = secondsOf(textOf(mapOf(global)["scrape_interval"])) ?? defaultScrapeSeconds;
  return {
    ruleFiles: listOf(rule_files).map(textOr),
    jobs: listOf(scrape_configs).map((job) => textOr(mapOf(job)["job_name"])),
    scrapeSeconds: usual,
    subject: { file, at: below(at, "rule_files") },
  };
}

/** The labels that prometheus.yml or a Prometheus resource lists; those of all where there are several, undefined where none does. */
export function externalLabelsOf(documents: readonly Document[]): readonly string[] | undefined {
  const lists = documents.flatMap(({ value }) => {
    const { global, kind, spec } = mapOf(value);
    const { externalLabels, prometheusExternalLabelName, replicaExternalLabelName } = mapOf(spec);
    const labels = kind === "Prometheus" ? externalLabels : mapOf(global)["external_labels"];
    if (labels === undefined) return [];
    return [[...Object.keys(mapOf(labels)), ...[prometheusExternalLabelName, replicaExternalLabelName].map(textOr)]];
  });
  return lists.length === 0 ? undefined : [...new Set(lists.flat())].filter((label) => label !== "");
}

/** The alerts that Alertmanager's routes and inhibitions name by a plain matcher on alertname. */
export function readNamedAlerts(file: string, { value, at }: Document): readonly NamedAlert[] {
  const top = mapOf(value);
  const inhibitions = listOf(top["inhibit_rules"]).flatMap((rule, index) => {
    const here = below(at, "inhibit_rules", index);
    return ["source_matchers", "target_matchers"]
      .flatMap((key) => fromMatchers(file, mapOf(rule)[key], below(here, key)))
      .concat(
        ["source_match", "target_match", "source_match_re", "target_match_re"].flatMap((key) =>
          fromMatch(file, mapOf(rule)[key], below(here, key)),
        ),
      );
  });
  return [...inhibitions, ...fromRoute(file, top["route"], below(at, "route"))];
}

function fromRoute(file: string, route: unknown, at: At): readonly NamedAlert[] {
  const { matchers, match, match_re, routes } = mapOf(route);
  return [
    ...fromMatchers(file, matchers, below(at, "matchers")),
    ...fromMatch(file, match, below(at, "match")),
    ...fromMatch(file, match_re, below(at, "match_re")),
    ...listOf(routes).flatMap((inner, index) => fromRoute(file, inner, below(at, "routes", index))),
  ];
}

function fromMatchers(file: string, matchers: unknown, at: At): readonly NamedAlert[] {
  return listOf(matchers).flatMap((matcher, index) => {
    const found = /^\s*"?alertname"?\s*=~?\s*"?([^"]*)"?\s*$/.exec(textOr(matcher))?.[1];
    return found === undefined ? [] : namesOf(found).map((name) => ({ name, subject: { file, name, at: below(at, index) } }));
  });
}

function fromMatch(file: string, match: unknown, at: At): readonly NamedAlert[] {
  const found = textOf(mapOf(match)["alertname"]);
  return found === undefined ? [] : namesOf(found).map((name) => ({ name, subject: { file, name, at: below(at, "alertname") } }));
}

/** Only plain alternatives: what a regular expression means is not told here. */
function namesOf(value: string): readonly string[] {
  return value
    .replace(/^\^?\(?|\)?\$?$/g, "")
    .split("|")
    .filter((name) => /^\w+$/.test(name));
}

/** A duration such as 15s or 1m30s in seconds. */
export function secondsOf(duration: string | undefined): number | undefined {
  if (duration === undefined || !/^(?:\d+(?:ms|[smhdwy]))+$/.test(duration)) return undefined;
  const unit: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400, w: 604800, y: 31536000 };
  return [...duration.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, number, name = ""]) => sum + Number(number) * (unit[name] ?? 0),
    0,
  );
}
