import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const root = resolve(__dirname, "../..");

/** A team's files: so many services, each with 20 rules, one dashboard of ten panels and one runbook of ten sections. */
function writeFiles(folder: string, services: number): void {
  const write = (file: string, text: string): void => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  const numbers = Array.from({ length: 10 }, (_, number) => number);
  const catalog: string[] = [];
  for (let service = 0; service < services; service++) {
    const app = `app${service}`;
    const metric = (number: number): string => `${app}_requests_${number}_total`;
    const rate = (number: number, range: string): string => `sum by (status) (rate(${metric(number)}[${range}]))`;
    for (const number of numbers)
      catalog.push(`# TYPE ${metric(number)} counter`, `${metric(number)}{status="ok"} 1`, `${metric(number)}{status="error"} 1`);
    const rules = numbers.flatMap((number) => [
      `      - record: ${app}:requests_${number}:rate5m`,
      `        expr: ${rate(number, "5m")}`,
      `      - alert: App${service}Failing${number}`,
      `        expr: ${rate(number, "5m").replace("_total", '_total{status="error"}')} > ${number + 1}`,
      "        for: 5m",
      "        labels: { severity: page }",
      `        annotations: { summary: "{{ $labels.status }} of ${app}", runbook_url: runbooks/${app}.md#app${service}failing${number} }`,
    ]);
    write(`rules/${app}.yaml`, ["groups:", `  - name: ${app}`, "    rules:", ...rules, ""].join("\n"));
    const panels = numbers.map((number) => ({
      id: number + 1,
      title: `Requests ${number}`,
      description: "How many requests there are.",
      type: "timeseries",
      gridPos: { x: 0, y: number * 8, w: 24, h: 8 },
      targets: [{ refId: "A", expr: rate(number, "$__rate_interval") }],
    }));
    write(`dashboards/${app}.json`, JSON.stringify({ uid: app, title: app, schemaVersion: 39, panels }, null, 2));
    const sections = numbers.map((number) =>
      [`## App${service}Failing${number}`, "", "Look at it:", "", "```promql", rate(number, "5m"), "```", ""].join("\n"),
    );
    write(`runbooks/${app}.md`, [`# ${app}`, "", ...sections].join("\n"));
  }
  write("metrics.txt", `${catalog.join("\n")}\n`);
  const lists = ["rules: [rules/*.yaml]", "dashboards: [dashboards/*.json]", "runbooks: [runbooks/*.md]"];
  write("chain.yaml", [...lists, "metrics:", "  - { files: [metrics.txt], as: scrape }", ""].join("\n"));
}

interface Measured {
  readonly seconds: number;
  readonly mebibytes: number;
}

/** Wall time of `check --config` in a process of its own, and the most memory that it had. */
function measure(folder: string): Measured {
  const told = join(folder, "memory.json");
  const watch = `data:text/javascript,import { writeFileSync } from "node:fs"; process.on("exit", () => writeFileSync(${JSON.stringify(told)}, JSON.stringify(process.resourceUsage().maxRSS)));`;
  const started = performance.now();
  const args = ["--import", watch, "run.mjs", "check", "--config", join(folder, "chain.yaml")];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`The files could not be checked: ${stdout.slice(0, 2000)}${stderr.slice(0, 2000)}`);
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a number that the process has left
  return { seconds, mebibytes: (require(told) as number) / 1024 };
}

/** Prints what a check of 50,000 rules, 2,500 dashboards and 2,500 runbooks takes, and of fewer of them, beside promtool. */
export function benchFiles(promtool: string, log: (line: string) => void): void {
  let former: (Measured & { readonly services: number }) | undefined;
  for (const services of [50, 500, 2500]) {
    const folder = mkdtempSync(join(tmpdir(), "bench-files-"));
    try {
      writeFiles(folder, services);
      const { seconds, mebibytes } = measure(folder);
      const started = performance.now();
      const { status } = spawnSync(promtool, ["check", "rules", "--lint=none", ...rulesOf(folder, services)], {
        stdio: "ignore",
      });
      const theirs = (performance.now() - started) / 1000;
      if (status !== 0) throw new Error("promtool refuses the rules: a time of it would mean nothing.");
      const grown = former ? `, ${(seconds / former.seconds).toFixed(1)} times the ${former.services} services` : "";
      log(
        `${services * 20} rules, ${services} dashboards, ${services} runbooks as files: ${seconds.toFixed(1)} s and ` +
          `${mebibytes.toFixed(0)} MiB${grown}; ${(seconds / theirs).toFixed(1)} times promtool check rules of the rules`,
      );
      former = { services, seconds, mebibytes };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

function rulesOf(folder: string, services: number): readonly string[] {
  return Array.from({ length: services }, (_, service) => join(folder, "rules", `app${service}.yaml`));
}
