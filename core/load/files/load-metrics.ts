import type { LoadedMetric, MetricFamily } from "../../model/files/catalog";
import { groupBy } from "../../model/group-by";
import { readCode, type FoundInCode } from "./code-catalog";
import type { MetricSource } from "./configuration";
import { matching } from "./find-files";
import { readMarkdownCatalog } from "./markdown-catalog";
import { readScrape } from "./scrape";
import { readTypescriptCatalog } from "./typescript-catalog";

interface Loaded {
  readonly metrics: readonly LoadedMetric[];
  readonly families: readonly MetricFamily[];
}

/** The metrics of one source, and what they begin with. */
export function loadMetrics(
  source: MetricSource,
  files: readonly string[],
  textOf: (file: string) => string | undefined,
): Loaded {
  const texts = matching(files, source.files).flatMap((file) => {
    const text = textOf(file);
    return text === undefined ? [] : [{ file, text }];
  });
  if (source.as === "scrape")
    return withFamilies(
      source,
      texts.flatMap(({ file, text }) => readScrape(file, text)),
      false,
    );
  if (source.as === "markdown")
    return withFamilies(
      source,
      texts.flatMap(({ file, text }) => readMarkdownCatalog(file, text)),
      true,
    );
  if (source.as === "typescript")
    return withFamilies(
      source,
      texts.flatMap(({ file, text }) => readTypescriptCatalog(file, text)),
      true,
    );
  const tests = new Set(matching(files, source.tests));
  const read = texts.map(({ file, text }) => readCode(file, text, { library: source.as, isTest: tests.has(file) }));
  return withFamilies(source, merged(read.flatMap(({ found }) => found)), !read.some(({ hasMadeNames }) => hasMadeNames));
}

function withFamilies(source: MetricSource, metrics: readonly LoadedMetric[], isComplete: boolean): Loaded {
  const prefixes = source.prefixes ?? [...new Set(metrics.map(({ name }) => /^[a-zA-Z]+_/.exec(name)?.[0] ?? name))];
  return { metrics, families: prefixes.map((prefix) => ({ prefix, isComplete })) };
}

/** One metric for all places of the code that emit it: it has the labels of any of them. */
function merged(found: readonly FoundInCode[]): readonly LoadedMetric[] {
  return [...groupBy(found, ({ metric }) => metric.name).values()].flatMap((places): readonly LoadedMetric[] => {
    const first = places.find(({ isTest }) => !isTest) ?? places[0];
    if (!first) return [];
    const areKnown = places.every(({ metric }) => metric.labels !== undefined);
    const { labels: _, ...metric } = first.metric;
    return [
      {
        ...metric,
        isEmitted: !first.isTest,
        ...(areKnown && { labels: Object.fromEntries(places.flatMap((place) => Object.entries(place.metric.labels ?? {}))) }),
      },
    ];
  });
}
