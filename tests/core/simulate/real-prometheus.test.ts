import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { join } from "node:path";
import { it } from "@jest/globals";
import { stringify } from "yaml";
import { answerOf } from "../../../core/simulate/exposition";
import { scrapeAll } from "../../../core/simulate/scrape";
import type { Target } from "../../../core/simulate/target";
import { atTestEnd } from "../../at-test-end";
import { eventually } from "../../inhibition/eventually";
import { startServer, testFolder } from "../../inhibition/server";
import { promtool } from "../../tools/promtool";

const every = 15;
const scrapes = 8;

/** The so-manieth scrape, of a target that the simulator scrapes each 15 s from second 5 on. */
const numberOf = (second: number): number => Math.floor(second / every);

const own = (values: readonly (number | undefined)[]): Target["exports"] => [
  { name: "x_total", labels: { endpoint: "/" }, value: (second) => values[Math.min(numberOf(second), scrapes - 1)] },
];

/** What Prometheus has to make of targets that fail, restart, forget a series, and go. */
const targets: Readonly<Record<string, Target>> = {
  "one-failed-scrape": target([1, 2, undefined, 4, 5, 6, 7, 8], (number) => number !== 2),
  "outage-and-restart-in-place": target([7, 8, 0, 0, 1, 2, 3, 4], (number) => number !== 2 && number !== 3),
  "series-that-goes": target([1, 2, 3, undefined, undefined, undefined, undefined, undefined], () => true),
  "series-that-is-born-late": target([undefined, undefined, undefined, 1, 1, 2, 2, 2], () => true),
  "target-that-discovery-forgets": { ...target([1, 1, 1, 1, 1, 1, 1, 1], () => true), known: [{ from: 0, until: 3 * every }] },
};

function target(values: readonly (number | undefined)[], answers: (number: number) => boolean): Target {
  return {
    labels: { job: "j", instance: "i", endpoint: "http" },
    honorsLabels: false,
    known: [{ from: 0, until: Infinity }],
    answers: (second) => answers(numberOf(second)),
    exports: own(values),
  };
}

it("Prometheus stores of real targets what the simulator says", async () => {
  const folder = testFolder();
  const scraped = new Map<string, number>();
  // A target is told by the number of its scrape, not by a clock: nothing here depends on how fast the machine is.
  const exporter = createServer((request, response) => {
    const url = (request.url ?? "").slice(1);
    const discovery = Object.keys(targets).filter((name) => isKnown(name, scraped.get(name) ?? 0));
    if (url === "discovery") {
      const found = discovery.map((name) => ({
        targets: [address],
        labels: { instance: name, __metrics_path__: `/${name}` },
      }));
      return void response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(found));
    }
    const number = scraped.get(url) ?? 0;
    scraped.set(url, number + 1);
    const answer = answerOf(targets[url] ?? target([], () => false), 5 + number * every);
    response.writeHead(answer === undefined ? 503 : 200, { "Content-Type": "text/plain; version=0.0.4" }).end(answer);
  });
  await new Promise<void>((done) => exporter.listen(0, "127.0.0.1", done));
  atTestEnd(() => exporter.close());
  const bound = exporter.address();
  const address = typeof bound === "object" && bound ? `127.0.0.1:${bound.port}` : "";
  await startServer({
    tool: "prometheus",
    folder,
    configuration: stringify({
      global: { scrape_interval: "2s", scrape_timeout: "2s" },
      scrape_configs: [
        {
          job_name: "j",
          http_sd_configs: [{ url: `http://${address}/discovery`, refresh_interval: "1s" }],
          relabel_configs: [{ target_label: "endpoint", replacement: "http" }],
        },
      ],
    }),
    args: [`--storage.tsdb.path=${join(folder, "data")}`],
  });
  const command = await promtool();
  await eventually(() => {
    const dumped = execFileSync(command, ["tsdb", "dump", "--match={__name__=~'up|x_total'}", join(folder, "data")], {
      encoding: "utf8",
    });
    assert.deepEqual(readDump(dumped), expected());
    return Promise.resolve();
  });
});

type Stored = Readonly<Record<string, readonly string[]>>;

/** Whether discovery still knows a target that has been scraped so often. */
function isKnown(name: string, number: number): boolean {
  return (targets[name]?.known[0]?.until ?? 0) > number * every;
}

/** The values of each series, in order. */
function expected(): Stored {
  return sorted(
    Object.entries(targets).flatMap(([name, each]) =>
      scrapeAll([{ ...each, labels: { ...each.labels, instance: name } }], {
        everySeconds: every,
        historySeconds: 0,
        lastsSeconds: every * (scrapes + 1),
        missing: [],
      }).map(
        (series) =>
          [
            keyOf(series.name, series.labels),
            series.samples.map(([, value]) => JSON.stringify(value).replaceAll('"', "")),
          ] as const,
      ),
    ),
  );
}

function readDump(text: string): Stored {
  const found = new Map<string, string[]>();
  for (const [, labelText = "", value = ""] of text.matchAll(/^\{(.*)\} (\S+) \d+$/gm)) {
    const labels = Object.fromEntries([...labelText.matchAll(/(\w+)="([^"]*)"/g)].map(([, label = "", of = ""]) => [label, of]));
    const { __name__: name = "", ...rest } = labels;
    const values = found.get(keyOf(name, rest)) ?? [];
    found.set(keyOf(name, rest), values);
    values.push(value === "NaN" ? "stale" : value);
  }
  return sorted([...found]);
}

function keyOf(name: string, labels: Readonly<Record<string, string>>): string {
  return `${name} ${JSON.stringify(Object.entries(labels).sort())}`;
}

/** Without repetitions: how often a target was scraped before somebody looked is no matter. */
function sorted(entries: readonly (readonly [string, readonly string[]])[]): Stored {
  return Object.fromEntries(
    entries
      .map(([key, values]) => [key, values.filter((value, place) => value !== values[place - 1])] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
