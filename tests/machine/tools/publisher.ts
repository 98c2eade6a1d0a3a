import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import { connect } from "node:net";
import { join } from "node:path";
import { create } from "tar";
import { modulesFolder } from "../../../machine/tools/modules-folder";
import { temporaryFolder } from "../temporary-folder";

/** A server on this machine, with its address. */
export interface LocalServer {
  readonly url: string;
  readonly server: Server;
}

/** Listens on a free port until the tests of a file are done. */
export async function listen(server: Server): Promise<LocalServer> {
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return { url: `http://127.0.0.1:${address.port}`, server };
}

export function serve(answer: RequestListener): Promise<LocalServer> {
  return listen(createServer(answer));
}

/** A proxy that passes CONNECT on, and lists where to. */
export async function serveProxy(): Promise<LocalServer & { readonly connected: readonly string[] }> {
  const connected: string[] = [];
  const server = createServer((_, response) => response.writeHead(405).end());
  server.on("connect", ({ url = "" }, socket, head) => {
    connected.push(url);
    const [host = "", port] = url.split(":");
    if (host !== "127.0.0.1") return void socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
    const upstream = connect(Number(port), host, () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      upstream.write(head);
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [socket, upstream]) end.on("error", () => upstream.destroy());
  });
  return { ...(await listen(server)), connected };
}

/** An archive as a publisher releases it: the tool, something else, and the checksum of both. */
export async function archiveOf(content: string): Promise<{ readonly bytes: Buffer; readonly sha256: string }> {
  const folder = temporaryFolder();
  mkdirSync(join(folder, "thing"));
  for (const name of ["thing", "thing-language-nodejs"]) {
    writeFileSync(join(folder, "thing", name), content);
    chmodSync(join(folder, "thing", name), 0o755);
  }
  await create({ file: join(folder, "archive.tar.gz"), cwd: folder, gzip: true }, ["thing"]);
  const bytes = readFileSync(join(folder, "archive.tar.gz"));
  return { bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
}

/** Pins a release of the tool "thing" for this platform. */
export function pinRelease(projectRoot: string, url: string, sha256: string): void {
  const release = {
    version: "v3.259.0",
    url: `${url}/thing-v3.259.0-{platform}.tar.gz`,
    executable: "thing/thing",
    checksumsFrom: "a test",
    sha256: { [`${process.platform}-${process.arch}`]: sha256 },
  };
  writeFileSync(join(modulesFolder(projectRoot), "thing", "release.json"), JSON.stringify(release));
}
