import { dashboardLinks, readDashboardLink } from "../model/files/dashboard-link";
import type { LoadedFiles, LoadedRule } from "../model/files/loaded";
import { below } from "../model/files/place";
import { runbookAddress, runbookAnnotation } from "../model/files/runbook-link";
import { loadedSeries } from "../model/files/series";
import type { Subject } from "../model/finding";
import { groupBy } from "../model/group-by";
import { indexOf, type Model } from "../model/model";
import type { Declared, DeclaredMetric, DeclaredRule, RunbookPage } from "./declared";

/** What files declare of what runs. `subject` is the configuration that names them. */
export function declaredByFiles(model: Model, files: LoadedFiles, subject: Subject): Declared {
  const { dashboards, cluster, targetLabels } = files;
  const ruleFiles = new Set(files.rules.map((rule) => rule.subject.file));
  return {
    model,
    subject,
    targetLabels,
    rules: files.rules.map(ruleOf),
    metrics: metricsOf(model, files),
    ...(cluster.alerting.length > 0 && {
      alerting: {
        inhibitions: cluster.alerting.flatMap(({ inhibitions }) => inhibitions),
        routes: cluster.alerting.flatMap(({ routes }) => routes),
        receivers: cluster.alerting.flatMap(({ receivers }) => receivers),
      },
    }),
    dashboards: dashboards
      .filter(({ uid }) => uid !== "")
      .map(({ uid, panels, subject: at }) => ({
        uid,
        panels: panels.flatMap(({ id, title, subject: place }) => (id === undefined ? [] : [{ id, title, subject: place }])),
        subject: at,
      })),
    dashboardLinks: dashboardLinks(model, files).flatMap(({ url, subject: place }) => {
      const link = ruleFiles.has(place.file) ? readDashboardLink(url) : undefined;
      return link ? [{ ...link, subject: place }] : [];
    }),
    datasources: dashboards.flatMap(({ panels }) =>
      panels.flatMap(({ targets }) =>
        targets.flatMap(({ datasourceUid: uid, subject: place }) => (uid === undefined ? [] : [{ uid, subject: place }])),
      ),
    ),
    runbookPages: files.rules.flatMap(pageOf),
  };
}

function ruleOf(rule: LoadedRule): DeclaredRule {
  const { kind, name, expr, labels, subject } = rule;
  return {
    kind,
    name,
    expr,
    for: rule.for,
    keepFiringFor: rule.keepFiringFor,
    labels,
    subject: { ...subject, ...(subject.at && { at: below(subject.at, "expr") }) },
  };
}

/** Several sources may know of one metric: they are one declaration, at the place of the first. */
function metricsOf(model: Model, files: LoadedFiles): readonly DeclaredMetric[] {
  const { metricsByName } = indexOf(model);
  const byName = groupBy(
    files.metrics.filter(({ isEmitted }) => isEmitted !== false),
    ({ name }) => name,
  );
  return [...byName.values()].flatMap(([first]): readonly DeclaredMetric[] => {
    if (!first) return [];
    const { name, type, subject } = first;
    const known = metricsByName.get(name);
    const buckets = known?.type === "histogram" && known.buckets.length > 0 ? known.buckets : undefined;
    const declared = {
      name,
      type,
      series: [...loadedSeries({ ...files, rules: [], metrics: [first] })]
        .map((series) => series.name)
        .filter((series) => series.startsWith(name)),
      ...(known && { labels: known.labels }),
      ...(buckets && { buckets }),
      subject,
    };
    return [declared];
  });
}

/** Only what can be opened as it is: a path of the repository is shown by somebody, and nobody says where. */
function pageOf(rule: LoadedRule): readonly RunbookPage[] {
  const written = runbookAddress(rule);
  if (written === undefined || !/^https?:\/\//.test(written) || !URL.canParse(written)) return [];
  const { at, ...place } = rule.subject;
  const annotation = runbookAnnotation(rule);
  return [
    {
      ...splitAnchor(written),
      subject: { ...place, ...(at && annotation !== undefined && { at: below(at, "annotations", annotation) }) },
    },
  ];
}

/** An address without its fragment, and the fragment as it stands in a page. */
export function splitAnchor(url: string): Pick<RunbookPage, "address" | "anchor"> {
  const [address = "", fragment = ""] = url.split("#", 2);
  try {
    return { address, anchor: decodeURIComponent(fragment) };
  } catch {
    return { address, anchor: fragment };
  }
}
