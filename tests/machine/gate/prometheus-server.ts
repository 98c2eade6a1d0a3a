import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prometheus } from "../../tools/prometheus";

/** A series, with its value at each second from now on; negative ones are the past. */
export interface TestSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** "stale" from the scrape on which no longer finds the series. */
  readonly valueAt: (second: number) => number | "stale";
}

/** A Prometheus with a data folder of its own. */
export interface TestPrometheus {
  readonly url: string;
  readonly push: (series: readonly TestSeries[], seconds?: readonly number[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

// Series reach into the future, so that a machine that stands still in between finds its windows as full as before.
const minutesEachWay = 6;

/** The seconds at which a target is scraped so often. */
export function scrapedEvery(seconds: number): readonly number[] {
  const each = (minutesEachWay * 60) / seconds;
  return Array.from({ length: 2 * each + 1 }, (_, index) => (index - each) * seconds);
}

/** Starts the real Prometheus on a free port. It ends with `stop`, at the latest with this process. */
export async function startPrometheus(): Promise<TestPrometheus> {
  const folder = mkdtempSync(join(tmpdir(), "gate-prometheus-"));
  const config = join(folder, "prometheus.yml");
  writeFileSync(config, "otlp:\n  translation_strategy: NoTranslation\n");
  const child = spawn(
    await prometheus(),
    [
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      "--web.listen-address=127.0.0.1:0",
      "--web.enable-otlp-receiver",
    ],
    { stdio: ["ignore", "ignore", "pipe"] },
  );
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  const stop = async (): Promise<void> => {
    process.off("exit", kill);
    if (child.exitCode === null && child.signalCode === null && child.kill("SIGKILL")) await once(child, "exit");
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const url = await addressOf(child);
    return { url, stop, push: (series, seconds = scrapedEvery(15)) => push(url, series, seconds) };
  } catch (error) {
    await stop();
    throw error;
  }
}

function addressOf(child: ChildProcess): Promise<string> {
  let printed = "";
  return new Promise((done, reject) => {
    child.once("error", reject);
    child.once("exit", () => reject(new Error(`Prometheus has ended:\n${printed}`)));
    child.stderr?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const address = /msg="Listening on".* address=(\S+)/.exec(printed)?.[1];
      if (address !== undefined && printed.includes("Server is ready")) done(`http://${address}`);
    });
  });
}

async function push(url: string, series: readonly TestSeries[], seconds: readonly number[]): Promise<void> {
  const now = Date.now();
  const reply = await fetch(`${url}/api/v1/otlp/v1/metrics`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ resourceMetrics: series.map((one) => toResourceMetrics(one, now, seconds)) }),
  });
  if (!reply.ok) throw new Error(`Prometheus refuses the series: ${await reply.text()}`);
}

function toResourceMetrics({ name, labels, valueAt }: TestSeries, now: number, seconds: readonly number[]): object {
  const { job, instance, ...others } = labels;
  const attributes = toAttributes(others);
  const dataPoints = seconds.map((second) => {
    const value = valueAt(second);
    const timeUnixNano = String(BigInt(now + second * 1000) * 1_000_000n);
    // The flag of OTLP by which Prometheus writes its marker of staleness.
    return { ...(value === "stale" ? { asDouble: 0, flags: 1 } : { asDouble: value }), timeUnixNano, attributes };
  });
  const resource = {
    ...(job !== undefined && { "service.name": job }),
    ...(instance !== undefined && { "service.instance.id": instance }),
  };
  return {
    resource: { attributes: toAttributes(resource) },
    scopeMetrics: [{ metrics: [{ name, gauge: { dataPoints } }] }],
  };
}

function toAttributes(labels: Readonly<Record<string, string>>): readonly object[] {
  return Object.entries(labels).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}
