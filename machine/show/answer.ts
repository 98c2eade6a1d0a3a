import { imageTypes } from "../../core/site/image-file";
import { contentSecurityPolicy } from "../../core/site/page";
import type { Files } from "../../core/site/content";
import { liveFile } from "../../core/site/plot-file";
import type { LiveAnswer } from "./live-panel";

/** What a server answers: a status, headers, and a body. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

/** What a browser asks. */
export interface Question {
  readonly method: string;
  /** Path and query, as in the first line of a request. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** What is served: the files, and where the addresses of a stack's alerts begin. */
export interface Served {
  readonly files: () => Files;
  /** The paths of the stack's `runbookBaseUrl` and `grafanaUrl`, such as `/runbooks` and the empty one. */
  readonly runbooksPath: string;
  readonly grafanaPath: string;
  /** Answers about one panel, from a live Prometheus; absent where there is none. */
  readonly askLive?: (panel: string) => Promise<LiveAnswer>;
}

const types: Readonly<Record<string, string>> = {
  ...imageTypes,
  html: "text/html; charset=utf-8",
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json; charset=utf-8",
};

const always = {
  "Content-Security-Policy": `${contentSecurityPolicy}; frame-ancestors 'none'`,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
};

/** Answers a request from the files of a site alone: there is no way from here to a disk. */
export async function answer(question: Question, served: Served): Promise<Answer> {
  const { method, target, headers } = question;
  if (!isLoopbackHost(headers["host"])) return refuse(421, "This server is for this machine alone.");
  if (method !== "GET" && method !== "HEAD")
    return { ...refuse(405, "This server can only be read."), headers: { ...refuse(405, "").headers, Allow: "GET, HEAD" } };
  const url = readTarget(target);
  if (!url) return refuse(400, "This is no address.");
  const { pathname, searchParams } = url;
  if (pathname === `/${liveFile}`) return live(question, served, searchParams.get("panel"));
  const path = decode(pathname);
  if (path === undefined) return refuse(400, "This is no address.");
  const files = served.files();
  const file = path.slice(1);
  const found = files.get(path.endsWith("/") ? `${file}index.html` : file);
  if (found !== undefined) return { status: 200, headers: { ...always, "Content-Type": typeOf(file) }, body: found };
  const place = placeOf(path, served);
  if (place !== undefined && files.has(`${place}/index.html`)) return redirect(place, searchParams.get("viewPanel"));
  return { status: 404, headers: { ...always, "Content-Type": types["html"] ?? "" }, body: notFound(path, files) };
}

/** That page is shown at whatever address was asked: its links go up from there. */
function notFound(path: string, files: Files): string {
  const up = "../".repeat(path.split("/").length - 2);
  const page = files.get("404.html");
  return (typeof page === "string" ? page : "").replace(/ (href|src|data-index|data-root)="(?![a-z]+:|#)/g, ` $1="${up}`);
}

/** The folder of a page: as it is named on the site, or as the stack's alerts name it. */
function placeOf(path: string, { runbooksPath, grafanaPath }: Served): string | undefined {
  const trimmed = path.replace(/\/+$/, "");
  if (runbooksPath !== "/runbooks" && trimmed.startsWith(`${runbooksPath}/`))
    return `runbooks${trimmed.slice(runbooksPath.length)}`;
  if (grafanaPath !== "" && trimmed.startsWith(`${grafanaPath}/d/`)) return trimmed.slice(grafanaPath.length + 1);
  return trimmed.slice(1);
}

/** A panel's number becomes the place of the panel, for those who have no scripts. The fragment of an address stays by itself. */
function redirect(place: string, viewPanel: string | null): Answer {
  const fragment = viewPanel !== null && /^\d{1,10}$/.test(viewPanel) ? `#panel-${viewPanel}` : "";
  const location = `/${place.split("/").map(encodeURIComponent).join("/")}/${fragment}`;
  return { status: 302, headers: { ...always, Location: location }, body: "" };
}

async function live({ headers }: Question, { askLive }: Served, panel: string | null): Promise<Answer> {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return refuse(403, "Another site may not ask this.");
  if (!askLive) return refuse(404, "This site has no live Prometheus.");
  const answered = await askLive(panel ?? "");
  return "json" in answered
    ? { status: 200, headers: { ...always, "Content-Type": types["json"] ?? "" }, body: answered.json }
    : refuse(answered.status, answered.message);
}

/** Else a page of somebody else, whose name leads to this machine, could read what is here. */
function isLoopbackHost(host: string | readonly string[] | undefined): boolean {
  return typeof host === "string" && /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i.test(host);
}

function readTarget(target: string): URL | undefined {
  if (!target.startsWith("/")) return undefined;
  return URL.canParse(`http://localhost${target}`) ? new URL(`http://localhost${target}`) : undefined;
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function typeOf(file: string): string {
  const extension = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase() ?? "html";
  return types[extension] ?? types["html"] ?? "";
}

function refuse(status: number, message: string): Answer {
  return { status, headers: { ...always, "Content-Type": "text/plain; charset=utf-8" }, body: `${message}\n` };
}
