import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import type { Browser } from "playwright-core";
import serveStatic from "serve-static";
import { z } from "zod";
import { main as writeSiteOf } from "../../commands/site";
import { RunbookSite } from "../../components/runbook-site";
import { loadStackFile } from "../../core/load/stack-file";
import { loadProject, prepareDeployment } from "../../project";
import { renderDeployedSite } from "../../site-content";
import { recordResources, valueOf } from "../components/recorded";
import { temporaryFolder } from "../machine/temporary-folder";
import { browser } from "../tools/browser";
import { devContent } from "./served";

const root = resolve(__dirname, "../..");
const configMap = z.object({
  metadata: z.object({ name: z.string() }),
  data: z.record(z.string(), z.string()).default({}),
  binaryData: z.record(z.string(), z.string()).default({}),
});
const items = z.array(z.object({ key: z.string(), path: z.string() }));
const deployment = z.object({
  spec: z.object({
    template: z.object({
      spec: z.object({
        volumes: z.array(
          z.object({
            name: z.string(),
            projected: z.object({ sources: z.array(z.object({ configMap: z.object({ name: z.string(), items }) })) }).optional(),
          }),
        ),
      }),
    }),
  }),
});

/** The site of the stack dev as RunbookSite deploys it, mounted into a folder as a kubelet does; and its web server's headers. */
async function mount(folder: string): Promise<readonly (readonly [name: string, value: string])[]> {
  const loaded = loadStackFile(root, "dev");
  const prepared = "findings" in loaded ? loaded : prepareDeployment(loadProject(root), "dev", loaded.value);
  assert.ok("value" in prepared);
  const recorded = recordResources();
  const files = renderDeployedSite(root, "dev", prepared.value);
  const args = { files, model: prepared.value.model, namespace: "monitoring", objectName: "site", partOf: "dark-tower" };
  await valueOf(new RunbookSite("site", args).urn);
  await new Promise((done) => setTimeout(done, 0));
  const inputsOf = (kind: string): readonly unknown[] =>
    recorded.filter(({ type }) => type.endsWith(`:${kind}`)).map(({ inputs }) => inputs);
  const maps = new Map(
    inputsOf("ConfigMap")
      .map((inputs) => configMap.parse(inputs))
      .map((map) => [map.metadata.name, map]),
  );
  const { volumes } = deployment.parse(inputsOf("Deployment")[0]).spec.template.spec;
  const site = volumes.find(({ name }) => name === "site")?.projected?.sources ?? [];
  for (const source of site) {
    const { data = {}, binaryData = {} } = maps.get(source.configMap.name) ?? {};
    for (const { key, path } of source.configMap.items) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), data[key] ?? Buffer.from(binaryData[key] ?? assert.fail(key), "base64"));
    }
  }
  const server = [...maps.values()].find(({ data }) => "default.conf" in data)?.data["default.conf"] ?? "";
  return [...server.matchAll(/^ {2}add_header (\S+) (?:"([^"]*)"|(\S+)) always;$/gm)].map(([, name = "", quoted, bare = ""]) => [
    name,
    quoted ?? bare,
  ]);
}

function filesIn(folder: string): ReadonlyMap<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return new Map(paths.map((path) => [path.slice(folder.length + 1), readFileSync(path, "base64")]));
}

describe("the site in a cluster, on a plain web server, in a browser", () => {
  const folder = temporaryFolder();
  let headers: Awaited<ReturnType<typeof mount>> = [];
  let server: Server | undefined;
  let started: Browser | undefined;
  let url = "";
  beforeAll(async () => {
    headers = await mount(folder);
    // The files as they are: serve-static knows nothing of ours. Headers, index files and the page of a 404 are nginx' settings.
    const serve = serveStatic(folder, { index: "index.html", cacheControl: false });
    server = createServer((request, response) => {
      for (const [name, value] of headers) response.setHeader(name, value);
      serve(request, response, () =>
        response.writeHead(404, { "Content-Type": "text/html" }).end(readFileSync(join(folder, "404.html"))),
      );
    });
    await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
    url = `http://localhost:${(server.address() as AddressInfo).port}`;
    started = await browser();
  });
  afterAll(async () => {
    await started?.close();
    server?.closeAllConnections();
    await new Promise((done) => server?.close(done));
  });

  it("are the same bytes as npm run site writes", async () => {
    const out = join(temporaryFolder(), "site");
    assert.equal(await writeSiteOf({ values: { out, stack: "dev" }, words: [] }), 0);
    const written = new Map([...filesIn(out)].filter(([name]) => name !== ".dark-tower-site"));
    assert.deepEqual([...filesIn(folder).keys()], [...written.keys()]);
    for (const [name, bytes] of written) assert.equal(filesIn(folder).get(name), bytes, name);
  });

  it("have the page's policy as a header too, and their own type alone", () => {
    assert.deepEqual(
      headers.map(([name]) => name),
      ["Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Cache-Control"],
    );
  });

  /** Opens an address, and tells what the browser has to say against the page. */
  async function open(path: string): Promise<{ page: Awaited<ReturnType<Browser["newPage"]>>; complaints: string[] }> {
    assert.ok(started);
    const page = await started.newPage({ locale: "en-US", viewport: { width: 1200, height: 800 } });
    const complaints: string[] = [];
    page.on("pageerror", ({ message }) => complaints.push(message));
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    await page.goto(url + path);
    await page.waitForLoadState("networkidle");
    return { page, complaints };
  }

  it("lead from what each alert carries to its section, in view", async () => {
    const alerts = devContent().model.services.flatMap((service) => service.alerts);
    const carried = new Map(alerts.map(({ runbook }) => [`/runbooks/${runbook.path}#${runbook.slug}`, runbook]));
    const { page } = await open("/");
    for (const [path, { slug, title }] of carried) {
      await page.goto(url + path);
      const heading = page.locator(`[id="${slug}"]`);
      assert.equal((await heading.innerText()).replace(/ #$/, ""), title);
      const box = await heading.boundingBox();
      assert.ok(box && box.y >= -1 && box.y < 760, path);
    }
    await page.close();
  });

  it("work as they do on this machine: the search, the styles, nothing that the browser refuses", async () => {
    const { page, complaints } = await open("/runbooks/mc/incident-response.md/");
    assert.equal(await page.evaluate("getComputedStyle(document.querySelector('pre')).overflowX"), "auto");
    await page.keyboard.press("/");
    await page.keyboard.type("MCHighMail");
    await page.getByRole("option").first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/alerts/MCHighMailboxDepth/index.html");
    assert.deepEqual(complaints, []);
    await page.close();
  });
});
