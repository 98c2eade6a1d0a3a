import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { type Dispatcher, EnvHttpProxyAgent, interceptors, request } from "undici";
import { codeOf } from "../system/error-code";
import { DownloadFailure } from "./download-failure";

/** A file to fetch, and what it must be. */
export interface Download {
  readonly url: string;
  readonly path: string;
  readonly sha256: string;
  /** Called as it comes in. `total` is undefined where the server does not say. */
  readonly onBytes?: (received: number, total: number | undefined) => void;
  readonly timeouts?: Timeouts;
}

/** How long to wait for a server that says nothing. A slow one that goes on sending is waited for as long as it takes. */
export interface Timeouts {
  readonly firstByteMs: number;
  readonly silenceMs: number;
}

const defaultTimeouts: Timeouts = { firstByteMs: 4000, silenceMs: 15_000 };

/** Fetches a file, through the proxy that the environment names, and refuses it unless its SHA-256 is the pinned one. */
export async function download(wanted: Download): Promise<void> {
  const agent = proxyAgent();
  try {
    const { body, total } = await ask(wanted, agent.compose(interceptors.redirect({ maxRedirections: 5 })));
    const found = await save(body, total, wanted);
    if (found !== wanted.sha256)
      throw new DownloadFailure(
        `${wanted.url} is not what its publisher released: its SHA-256 is ${found}, and ${wanted.sha256} is pinned`,
      );
  } finally {
    await agent.destroy();
  }
}

async function ask(
  { url, timeouts = defaultTimeouts }: Download,
  dispatcher: Dispatcher,
): Promise<{ readonly body: AsyncIterable<Buffer>; readonly total: number | undefined }> {
  const { host } = new URL(url);
  const unanswered = new AbortController();
  const timer = setTimeout(() => unanswered.abort(), timeouts.firstByteMs);
  try {
    const { statusCode, headers, body } = await request(url, {
      dispatcher,
      signal: unanswered.signal,
      bodyTimeout: timeouts.silenceMs,
    });
    if (statusCode !== 200) throw new DownloadFailure(`${host} answered ${statusCode} for ${url}`);
    const length = Number(headers["content-length"]);
    return { body, total: Number.isInteger(length) ? length : undefined };
  } catch (error) {
    if (error instanceof DownloadFailure) throw error;
    throw new DownloadFailure(
      unanswered.signal.aborted
        ? `${host} did not answer within ${timeouts.firstByteMs / 1000} s${throughProxy()}`
        : `${host} cannot be reached (${describe(error)})${throughProxy()}`,
    );
  } finally {
    clearTimeout(timer);
  }
}

async function save(body: AsyncIterable<Buffer>, total: number | undefined, { url, path, onBytes }: Download): Promise<string> {
  const hash = createHash("sha256");
  const file = await open(path, "wx");
  let received = 0;
  try {
    for await (const chunk of untilItBreaks(
      body,
      (reason) => `${url} broke off after ${megabytes(received, total)} (${reason})`,
    )) {
      hash.update(chunk);
      await file.writeFile(chunk);
      received += chunk.length;
      onBytes?.(received, total);
    }
  } finally {
    await file.close();
  }
  return hash.digest("hex");
}

// What the network does is a reason to get the tool elsewhere; what the disk does is not, and passes as it is.
async function* untilItBreaks(body: AsyncIterable<Buffer>, describeBreak: (reason: string) => string): AsyncIterable<Buffer> {
  try {
    yield* body;
  } catch (error) {
    throw new DownloadFailure(describeBreak(describe(error)));
  }
}

/** "34 of 150 MB", or "34 MB" of an unknown size. */
export function megabytes(received: number, total: number | undefined): string {
  const rounded = [received, ...(total === undefined ? [] : [total])].map((bytes) => String(Math.round(bytes / 1e6)));
  return `${rounded.join(" of ")} MB`;
}

function proxyAgent(): EnvHttpProxyAgent {
  try {
    return new EnvHttpProxyAgent();
  } catch {
    throw new DownloadFailure("The proxy that the environment names (HTTP_PROXY, HTTPS_PROXY) is no URL");
  }
}

function throughProxy(): string {
  const names = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];
  const name = names.find((each) => (process.env[each] ?? "") !== "");
  return name === undefined ? "" : `, with the proxy in ${name}`;
}

function describe(error: unknown): string {
  return codeOf(error) || String(error);
}
