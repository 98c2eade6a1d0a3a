import type { Sample, StoredSeries, StoredValue } from "./stored-series";
import { isIn, type Span, type Target } from "./target";

/** How Prometheus scrapes. */
export interface Scraping {
  readonly everySeconds: number;
  /** The history before the situation, and how long the situation lasts. */
  readonly historySeconds: number;
  readonly lastsSeconds: number;
  /** While Prometheus stores nothing. */
  readonly missing: readonly Span[];
}

/** All times are multiples of it. */
export const gridSeconds = 5;

/** What Prometheus stores of the targets, each scraped at moments of its own that no evaluation shares. */
export function scrapeAll(targets: readonly Target[], scraping: Scraping): readonly StoredSeries[] {
  return targets.flatMap((target) => {
    const offset = offsetOf(target, scraping.everySeconds);
    const key = JSON.stringify([offset, scraping]);
    const byScraping = scraped.get(target) ?? new Map<string, readonly StoredSeries[]>();
    scraped.set(target, byScraping);
    const stored = byScraping.get(key) ?? scrape(target, offset, scraping);
    byScraping.set(key, stored);
    return stored;
  });
}

/** What was stored of a target, by the scraping: most targets are the same in many situations. */
const scraped = new WeakMap<Target, Map<string, readonly StoredSeries[]>>();

/** Where in the interval a target is scraped: as in Prometheus, its labels say so, and never where rules are evaluated. */
function offsetOf({ labels }: Target, everySeconds: number): number {
  const places = Array.from({ length: everySeconds / gridSeconds }, (_, step) => step * gridSeconds).filter(
    (second) => second % 15 !== 0,
  );
  const sum = Buffer.from(JSON.stringify(labels)).reduce((hash, byte) => (hash * 31 + byte) % 65_521, 7);
  return places[sum % places.length] ?? gridSeconds;
}

interface Scrape {
  readonly second: number;
  readonly outcome: "answered" | "failed" | "unknown";
}

function scrape(target: Target, offset: number, scraping: Scraping): readonly StoredSeries[] {
  const scrapes = scrapesOf(target, offset, scraping);
  const up = follow(scrapes, scraping, (outcome) => (outcome === "answered" ? 1 : 0));
  return [
    { name: "up", labels: target.labels, samples: up },
    ...target.exports.map(({ name, labels, value }) => ({
      name,
      labels: joinLabels(labels, target),
      samples: follow(scrapes, scraping, (outcome, second) => (outcome === "answered" ? value(second) : undefined)),
    })),
  ].filter(({ samples }) => samples.length > 0);
}

function scrapesOf(target: Target, offset: number, { everySeconds, historySeconds, lastsSeconds, missing }: Scraping) {
  const scrapes: Scrape[] = [];
  for (let second = offset - historySeconds; second <= lastsSeconds; second += everySeconds) {
    if (isIn(missing, second)) continue;
    const outcome = !isIn(target.known, second) ? "unknown" : target.answers(second) ? "answered" : "failed";
    scrapes.push({ second, outcome });
  }
  return scrapes;
}

type Reading = (outcome: Scrape["outcome"], second: number) => StoredValue | undefined;

/**
 * A series over the scrapes: its values, and a marker when it is not in a scrape any more. When discovery forgets
 * a target, Prometheus waits for two more intervals before it marks the end of its series: only then is it seen.
 */
function follow(scrapes: readonly Scrape[], { everySeconds }: Scraping, read: Reading): readonly Sample[] {
  const samples: Sample[] = [];
  let isLive = false;
  let forgottenAt = -Infinity;
  for (const { second, outcome } of scrapes) {
    const value = outcome === "unknown" ? undefined : read(outcome, second);
    if (forgottenAt !== -Infinity && second >= forgottenAt && value === undefined) {
      samples.push([forgottenAt, "stale"]);
      isLive = false;
    }
    if (value !== undefined) {
      samples.push([second, value]);
      isLive = true;
      forgottenAt = -Infinity;
    } else if (isLive && outcome !== "unknown") {
      samples.push([second, "stale"]);
      isLive = false;
      forgottenAt = -Infinity;
    } else if (isLive && forgottenAt === -Infinity) {
      forgottenAt = second + Math.ceil((everySeconds * 1.1) / gridSeconds) * gridSeconds;
    } else if (!isLive) {
      forgottenAt = -Infinity;
    }
  }
  return samples;
}

function joinLabels(own: Readonly<Record<string, string>>, { labels, honorsLabels }: Target): Readonly<Record<string, string>> {
  if (honorsLabels) return { ...labels, ...own };
  const renamed = Object.entries(own).map(([label, value]): [string, string] => [
    label in labels ? `exported_${label}` : label,
    value,
  ]);
  return { ...Object.fromEntries(renamed), ...labels };
}
