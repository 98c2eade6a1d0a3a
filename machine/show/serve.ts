import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { codeOf } from "../system/error-code";
import { answer, type Served } from "./answer";

/** A server of a site on this machine. */
export interface SiteServer {
  readonly port: number;
  readonly close: () => Promise<void>;
}

/**
 * Serves a site on a port of the loopback address, 0 for any that is free. Undefined when somebody else has the port, or it is not
 * for everybody.
 */
export async function serveSite(port: number, served: Served): Promise<SiteServer | undefined> {
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    answer({ method, target: url, headers }, served).then(
      ({ status, headers: sent, body }) => {
        response.writeHead(status, { ...sent, "Content-Length": Buffer.byteLength(body) });
        response.end(method === "HEAD" ? undefined : body);
      },
      () => response.writeHead(500).end(),
    );
  });
  server.requestTimeout = 10_000;
  try {
    await listen(server, port);
  } catch (error) {
    if (["EADDRINUSE", "EACCES"].includes(codeOf(error))) return undefined;
    throw error;
  }
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      done();
    });
  });
}
