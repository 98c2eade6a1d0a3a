import { setTimeout as sleep } from "node:timers/promises";
import { startLocalServer, type LocalServer, type ServerOptions } from "./local-server";
import { encodeWriteRequest } from "./remote-write";
import type { StoredSeries } from "./stored-series";

/** Starts a Prometheus of this machine into which samples are written. It is ready then. */
export async function startWrittenPrometheus({ args, ...options }: ServerOptions): Promise<LocalServer> {
  const prometheus = await startLocalServer({
    ...options,
    args: ["--storage.tsdb.path=data", "--web.enable-remote-write-receiver", ...args],
  });
  return untilReady(prometheus);
}

/** Writes samples, by their times; `at` gives the milliseconds since 1970 of a series' second. */
export async function writeSeries(
  { url }: Pick<LocalServer, "url">,
  series: readonly StoredSeries[],
  at: (second: number) => number,
): Promise<void> {
  const headers = {
    "Content-Encoding": "snappy",
    "Content-Type": "application/x-protobuf",
    "X-Prometheus-Remote-Write-Version": "0.1.0",
  };
  await post(`${url}/api/v1/write`, { headers, body: new Uint8Array(encodeWriteRequest(series, at)) });
}

/** Sends something that changes the server. */
export async function post(url: string, request: RequestInit): Promise<void> {
  const response = await fetch(url, { method: "POST", ...request });
  if (!response.ok) throw new Error(`${url} answers ${response.status}: ${await response.text()}`);
}

/** It listens before it can store anything. */
async function untilReady(prometheus: LocalServer): Promise<LocalServer> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const response = await fetch(`${prometheus.url}/-/ready`);
    if (response.ok) return prometheus;
    await sleep(50);
  }
  prometheus.stop();
  throw new Error("Prometheus is not ready after half a minute.");
}
