import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import type { RequestListener, ServerResponse } from "node:http";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { modulesFolder } from "../../../machine/tools/modules-folder";
import { pinnedTool, provideThing } from "./pinned-tool";
import { archiveOf, type LocalServer, pinRelease, serve, serveProxy } from "./publisher";

const timeouts = { firstByteMs: 300, silenceMs: 300 };
const filler = "x".repeat(200_000);

describe("a tool whose publisher has released it", () => {
  let archive: Awaited<ReturnType<typeof archiveOf>>;
  const servers: LocalServer[] = [];
  beforeAll(async () => (archive = await archiveOf(`released ${filler}`)));
  afterAll(() => {
    for (const { server } of servers) server.close().closeAllConnections();
  });

  async function publisher(answer: RequestListener): Promise<string> {
    const started = await serve(answer);
    servers.push(started);
    return started.url;
  }

  /** The tool, pinned to the archive, at a publisher who answers so. */
  async function pinned(answer: RequestListener): Promise<ReturnType<typeof pinnedTool>> {
    const tool = pinnedTool();
    pinRelease(tool.projectRoot, await publisher(answer), archive.sha256);
    return tool;
  }

  const whole = (response: ServerResponse): void =>
    void response.writeHead(200, { "content-length": archive.bytes.length }).end(archive.bytes);

  it("is downloaded, checked and unpacked, its executable alone", async () => {
    const tool = await pinned((request, response) => {
      assert.equal(request.url, `/thing-v3.259.0-${process.platform}-${process.arch}.tar.gz`);
      whole(response);
    });
    const { folder, notes } = await provideThing(tool);
    assert.equal(folder, join(tool.cache, "tools", `thing-v3.259.0-${archive.sha256.slice(0, 12)}`));
    assert.equal(readdirSync(folder, { recursive: true }).join(" "), "bin bin/thing");
    assert.equal(readFileSync(join(folder, "bin", "thing"), "utf8"), `released ${filler}`);
    assert.notEqual(statSync(join(folder, "bin", "thing")).mode & 0o100, 0);
    assert.match(
      notes.join("\n"),
      /^Downloading thing v3\.259\.0 from 127\.0\.0\.1:\d+, once …\nDownloaded thing v3\.259\.0 and checked it in \d+ s\.$/,
    );
  });

  it("needs neither network nor Go in a second clone", async () => {
    const first = await pinned((_, response) => whole(response));
    const { folder } = await provideThing(first);
    const second = pinnedTool("exit 1");
    pinRelease(second.projectRoot, "http://127.0.0.1:9", archive.sha256);
    assert.deepEqual(await provideThing({ ...second, cache: first.cache }), { folder, notes: [] });
  });

  it("is waited for as long as it comes, however slowly", async () => {
    const tool = await pinned((_, response) => void trickle(response));
    const { folder } = await provideThing(tool, { timeouts });
    assert.equal(readFileSync(join(folder, "bin", "thing"), "utf8"), `released ${filler}`);
  });

  async function trickle(response: ServerResponse): Promise<void> {
    response.writeHead(200, { "content-length": archive.bytes.length });
    const step = Math.ceil(archive.bytes.length / 10);
    for (let at = 0; at < archive.bytes.length; at += step) {
      response.write(archive.bytes.subarray(at, at + step));
      await sleep(timeouts.silenceMs / 3);
    }
    response.end();
  }

  it("is found where the publisher redirects to", async () => {
    const tool = await pinned((request, response) => {
      if (request.url === "/elsewhere") whole(response);
      else response.writeHead(302, { location: "/elsewhere" }).end();
    });
    const { folder } = await provideThing(tool);
    assert.ok(existsSync(join(folder, "bin", "thing")));
  });

  it("comes through the proxy of the environment", async () => {
    const proxy = await serveProxy();
    servers.push(proxy);
    const tool = await pinned((_, response) => whole(response));
    const { folder } = await withEnvironment({ HTTP_PROXY: proxy.url }, () => provideThing(tool));
    assert.ok(existsSync(join(folder, "bin", "thing")));
    assert.equal(proxy.connected.length, 1);
  });

  it("is downloaded by two at once, who end with the same", async () => {
    const tool = await pinned((_, response) => whole(response));
    const [one, other] = await Promise.all([provideThing(tool), provideThing(tool)]);
    assert.equal(one.folder, other.folder);
    assert.equal(readdirSync(dirname(one.folder)).join(), `thing-v3.259.0-${archive.sha256.slice(0, 12)}`);
  });

  const refused: readonly { name: string; answer: RequestListener; reason: RegExp }[] = [
    {
      name: "what is not what was released",
      answer: (_, response) => void response.end("something else"),
      reason: /^http:\S+ is not what its publisher released: its SHA-256 is [0-9a-f]{64}, and [0-9a-f]{64} is pinned\./,
    },
    {
      name: "what breaks off",
      answer: (_, response) => {
        response.writeHead(200, { "content-length": archive.bytes.length }).write(archive.bytes.subarray(0, 100));
        setTimeout(() => response.destroy(), 50);
      },
      reason: /^http:\S+ broke off after 0 of 0 MB \(UND_ERR_SOCKET\)\./,
    },
    {
      name: "what is shorter than it should be, though it ends in order",
      answer: (_, response) => void response.end(archive.bytes.subarray(0, 100)),
      reason: /is not what its publisher released/,
    },
    {
      name: "a server that does not answer",
      answer: () => undefined,
      reason: /^127\.0\.0\.1:\d+ did not answer within 0\.3 s\./,
    },
    {
      name: "a server that falls silent half-way",
      answer: (_, response) => void response.writeHead(200, { "content-length": 1000 }).write("half"),
      reason: /broke off after 0 of 0 MB \(UND_ERR_BODY_TIMEOUT\)\./,
    },
    {
      name: "a file that is not there",
      answer: (_, response) => void response.writeHead(404).end("nothing here"),
      reason: /^127\.0\.0\.1:\d+ answered 404 for http:\S+\.tar\.gz\./,
    },
    {
      name: "a redirection without an end",
      answer: (_, response) => void response.writeHead(302, { location: "/again" }).end(),
      reason: /^127\.0\.0\.1:\d+ (answered 302|cannot be reached)/,
    },
  ];
  for (const { name, answer, reason } of refused) {
    it(`is built from source instead of ${name}, of which nothing is kept`, async () => {
      const tool = await pinned(answer);
      const { folder, notes } = await provideThing(tool, { timeouts });
      assert.equal(readFileSync(join(folder, "bin", "thing"), "utf8"), "built\n");
      assert.match(notes[1] ?? "", reason);
      assert.match(notes[1] ?? "", /Nothing of it was kept; thing is built from source instead\.$/);
      assert.equal(readdirSync(join(tool.cache, "tools")).length, 1);
    });
  }

  it("is built at once where nobody listens, and without Go both reasons are said", async () => {
    const tool = pinnedTool("exit 1");
    pinRelease(tool.projectRoot, "http://127.0.0.1:9", archive.sha256);
    const notes: string[] = [];
    await assert.rejects(provideThing(tool, { note: (line) => notes.push(line) }), /^UserError: There is no Go on the PATH: /);
    assert.match(notes[1] ?? "", /^127\.0\.0\.1:9 cannot be reached \(ECONNREFUSED\)\. /);
  });

  it("is built where the proxy does not let it through, which is said", async () => {
    const proxy = await serveProxy();
    servers.push(proxy);
    const tool = pinnedTool();
    pinRelease(tool.projectRoot, "https://publisher.example", archive.sha256);
    const { notes } = await withEnvironment({ HTTPS_PROXY: proxy.url }, () => provideThing(tool));
    assert.deepEqual(proxy.connected, ["publisher.example:443"]);
    assert.match(notes[1] ?? "", /^publisher\.example cannot be reached \(.+\), with the proxy in HTTPS_PROXY\. /);
  });

  it("is built where the proxy's address is none", async () => {
    const tool = await pinned((_, response) => whole(response));
    const { notes } = await withEnvironment({ HTTP_PROXY: "not an address" }, () => provideThing(tool));
    assert.match(notes[1] ?? "", /^The proxy that the environment names \(HTTP_PROXY, HTTPS_PROXY\) is no URL\. /);
  });

  it("is built for a platform that the publisher has no pinned archive for", async () => {
    const tool = await pinned((_, response) => whole(response));
    const release = join(modulesFolder(tool.projectRoot), "thing", "release.json");
    writeFileSync(release, readFileSync(release, "utf8").replace(`${process.platform}-${process.arch}"`, 'plan9-mips"'));
    assert.match((await provideThing(tool)).notes[0] ?? "", /^Building thing/);
  });

  it("is refused with what to do where the cache cannot be written", async () => {
    const tool = await pinned((_, response) => whole(response));
    writeFileSync(tool.cache, "a file");
    await assert.rejects(provideThing(tool), {
      name: "UserError",
      message: `The tools are kept in ${join(tool.cache, "tools")}, and a part of the path is a file (ENOTDIR). Make room or make it writable, or name another folder in the environment variable DARK_TOWER_CACHE.`,
    });
  });
});

async function withEnvironment<T>(variables: Readonly<Record<string, string>>, work: () => Promise<T>): Promise<T> {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  try {
    return await work();
  } finally {
    for (const [name, value] of before)
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
  }
}
