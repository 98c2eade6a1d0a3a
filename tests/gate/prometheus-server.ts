import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { prometheus } from "../tools/prometheus";

/** A series, with its value at each second from now on; negative ones are the past. */
export interface TestSeries {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly valueAt: (second: number) => number;
}

/** A Prometheus with a data folder of its own. */
export interface TestPrometheus {
  readonly url: string;
  readonly push: (series: readonly TestSeries[], seconds?: readonly number[]) => Promise<void>;
  readonly stop: () => Promise<void>;
}

// Series reach into the future, so that a machine that stands still in between finds its windows as full as before.
const fiveMinutesEachWay = Array.from({ length: 61 }, (_, index) => (index - 30) * 10);

/** Starts the real Prometheus on a free port. It runs until `stop`. */
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
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null && child.kill("SIGKILL")) await once(child, "exit");
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const url = await addressOf(child);
    return { url, stop, push: (series, seconds = fiveMinutesEachWay) => push(url, series, seconds) };
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
  const dataPoints = seconds.map((second) => ({
    asDouble: valueAt(second),
    timeUnixNano: String(BigInt(now + second * 1000) * 1_000_000n),
    attributes: toAttributes(others),
  }));
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
