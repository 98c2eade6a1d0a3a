import { connect, createServer, type Server, type Socket } from "node:net";
import { once } from "node:events";

/** A server that does not do what it should, on a free port. */
export interface FailingServer {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Accepts connections and never says a word. */
export function startSilent(): Promise<FailingServer> {
  return start(() => undefined);
}

/** Passes everything on to the server on this port, up to the message with this text: it is lost, and nothing comes back. */
export function startForgetful(port: number, text: string): Promise<FailingServer> {
  return startProxy(port, text, () => undefined);
}

/** Passes everything on to the server on this port, and cuts the connection instead of the message with this text. */
export function startCutting(port: number, text: string): Promise<FailingServer> {
  return startProxy(port, text, (client) => client.destroy());
}

function startProxy(port: number, text: string, end: (client: Socket) => void): Promise<FailingServer> {
  return start((client) => {
    const upstream = connect(port, "127.0.0.1");
    let isLost = false;
    client.on("data", (chunk) => {
      isLost ||= chunk.includes(text);
      if (isLost) end(client);
      else upstream.write(chunk);
    });
    upstream.on("data", (chunk) => client.write(chunk)).on("error", () => client.destroy());
    client.on("close", () => upstream.destroy());
  });
}

/** PostgreSQL's side of a login that asks for the password, and then refuses it and repeats it. */
export function startIndiscreet(): Promise<FailingServer> {
  return start((client) => {
    client.once("data", () => {
      client.write(message("R", Buffer.from([0, 0, 0, 3])));
      client.once("data", (password) => {
        const sent = password.subarray(5, -1).toString();
        client.end(message("E", Buffer.from(`SFATAL\0C28P01\0Mpassword authentication failed, it was ${sent}\0\0`)));
      });
    });
  });
}

/** Answers every HTTP request with this body. */
export function startHttp(body: string, status = "200 OK"): Promise<FailingServer> {
  return start((client) => {
    client.once("data", () => {
      client.end(`HTTP/1.1 ${status}\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
    });
  });
}

async function start(serve: (client: Socket) => void): Promise<FailingServer> {
  const clients = new Set<Socket>();
  const server: Server = createServer((client) => {
    clients.add(client);
    client.on("error", () => client.destroy()).on("close", () => clients.delete(client));
    serve(client);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    port: address.port,
    stop: async () => {
      clients.forEach((client) => client.destroy());
      await once(server.close(), "close");
    },
  };
}

function message(type: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
}
