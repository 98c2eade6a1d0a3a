import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import serveStatic from "serve-static";
import { loadSiteAssets } from "../../../core/load/site-assets";
import { renderSite } from "../../../core/site/site";
import { serveSite, type SiteServer } from "../../../machine/show/serve";
import { writeSite } from "../../../machine/show/write-site";
import { devContent } from "../../site/served";

const content = devContent();
const image = { path: "mc/img/a b.png", base64: Buffer.from([0x89, 0x50, 0xff, 0]).toString("base64") };
const model = { ...content.model, runbookFiles: [image] };
const files = renderSite({ ...content, model }, loadSiteAssets());

/** What the alerts of a stack carry, as paths below a site. */
const carried = content.model.services.flatMap(({ alerts, dashboards }) => [
  ...alerts.map(({ runbook }) => `/runbooks/${runbook.path}`),
  ...dashboards.map(({ uid }) => `/d/${uid}`),
]);
const asked = [
  ...new Set([...carried, ...[...files.keys()].flatMap((file) => [`/${file}`, `/${file.replace(/index\.html$/, "")}`])]),
].map((path) => path.split("/").map(encodeURIComponent).join("/"));

describe("the site on a plain web server for files", () => {
  let folder = "";
  let plain: Server | undefined;
  let own: SiteServer | undefined;
  let addresses: readonly [plain: string, own: string] = ["", ""];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "site-"));
    writeSite(folder, files);
    const serve = serveStatic(folder);
    const server = createServer((request, response) => {
      serve(request, response, () => response.writeHead(404).end());
    });
    plain = server;
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    own = await serveSite(0, { files: () => files, runbooksPath: "/runbooks", grafanaPath: "" });
    addresses = [`http://localhost:${(server.address() as AddressInfo).port}`, `http://localhost:${own?.port ?? 0}`];
  });
  afterAll(async () => {
    await own?.close();
    plain?.closeAllConnections();
    await new Promise((done) => plain?.close(done));
    rmSync(folder, { recursive: true });
  });

  /** Where a browser ends that asks for a path, and what it gets there. */
  async function get(address: string, path: string): Promise<readonly unknown[]> {
    const response = await fetch(address.replace("localhost", "127.0.0.1") + path);
    const type = response.headers.get("content-type")?.split(";")[0] ?? "";
    const body = Buffer.from(await response.arrayBuffer()).toString("base64");
    return [response.status, new URL(response.url).pathname, type, body];
  }

  it("has every address that npm run show has, with the same bytes and the same types", async () => {
    assert.ok(asked.length > files.size);
    for (const path of asked) {
      const [there, here] = [await get(addresses[0], path), await get(addresses[1], path)];
      assert.deepEqual(there, here, path);
      assert.equal(there[0], 200, path);
    }
  });

  it("leads from what an alert carries to the folder of the page", async () => {
    for (const path of carried) assert.equal((await get(addresses[0], path))[1], `${path}/`);
  });

  it("answers 404 to what is not on the site, as npm run show does", async () => {
    for (const path of ["/runbooks/mc/none.md", "/runbooks/mc/img/b.png", "/package.json"])
      for (const address of addresses) assert.equal((await get(address, path))[0], 404, path);
  });
});
