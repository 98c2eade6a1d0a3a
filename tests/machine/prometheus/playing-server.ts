import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { atTestEnd } from "../../at-test-end";

/** What a server was asked. */
export interface Asked {
  readonly method: string;
  readonly url: URL;
  readonly body: string;
  readonly authorization: string | undefined;
}

/** A server of this machine that plays another one, until the test ends. */
export interface PlayingServer {
  /** Without a slash at the end. */
  readonly url: string;
  readonly asked: readonly Asked[];
}

/** Starts a server that answers as it is told to. */
export async function play(
  respond: (response: ServerResponse, asked: Asked, request: IncomingMessage) => void,
): Promise<PlayingServer> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const one = {
        method: request.method ?? "",
        url: new URL(request.url ?? "", "http://localhost"),
        body,
        authorization: request.headers.authorization,
      };
      asked.push(one);
      respond(response, one, request);
    });
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  atTestEnd(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}
