import { describeFailure, describeServer, withoutPasswords } from "./failure";
import { withinDeadline, type Deadline } from "./within-deadline";

/** What one answer of a server may cost. */
export interface Patience extends Deadline {
  /** Of the answer, unpacked: what is longer is not read to its end. */
  readonly bytes: number;
}

/** What is asked of an HTTP server. */
export interface Request {
  /** With the parameters. A user and a password in it are sent as basic authentication, and never told. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as a form, by POST: for what is too long for an address. */
  readonly form?: URLSearchParams;
  /** Without it a way to elsewhere is no answer: it is usually that of a login. */
  readonly followsRedirects?: boolean;
}

/** What a server answered, whatever its status. */
export interface Reply {
  readonly status: number;
  readonly text: string;
  /** Where it was found in the end. */
  readonly url: string;
}

/** Why nothing is known: words that end without a full stop, hold no password, and do not name the server. */
export interface CannotTell {
  readonly cannotTell: string;
  /** Whether there was no answer at all, not even a bad one. */
  readonly isSilent?: true;
}

/** Asks an HTTP server, and reads its answer as text, within what it may cost. */
export async function readReply(request: Request, patience: Patience): Promise<Reply | CannotTell> {
  try {
    return await withinDeadline(patience, (signal) => read(request, signal, patience.bytes));
  } catch (error) {
    return {
      cannotTell: withoutPasswords(describeFailure(error), [request.url, ...Object.values(request.headers ?? {})]),
      isSilent: true,
    };
  }
}

async function read(
  { url, headers = {}, form, followsRedirects = false }: Request,
  signal: AbortSignal,
  bytes: number,
): Promise<Reply | CannotTell> {
  const { address, authorization } = splitCredentials(url);
  const response = await fetch(address, {
    ...(form && { method: "POST", body: form }),
    headers: { ...authorization, ...headers },
    redirect: followsRedirects ? "follow" : "manual",
    signal,
  });
  const location = response.headers.get("location");
  if (!followsRedirects && response.status >= 300 && response.status < 400 && location !== null) {
    await response.body?.cancel();
    const target = URL.canParse(location, address.href) ? describeServer(new URL(location, address).href) : "nowhere";
    return { cannotTell: `HTTP ${response.status}, which leads to ${target}: a login, or another address` };
  }
  const text = await readBounded(response, bytes);
  return text === undefined
    ? { cannotTell: `HTTP ${response.status}, and the answer has more than ${Math.floor(bytes / 1024)} KiB` }
    : { status: response.status, text, url: response.url };
}

/** An address as it is fetched, and what its user and password become. */
function splitCredentials(url: string): { readonly address: URL; readonly authorization: Readonly<Record<string, string>> } {
  const address = new URL(url);
  const { username, password } = address;
  address.username = "";
  address.password = "";
  if (username === "" && password === "") return { address, authorization: {} };
  const credentials = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { address, authorization: { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` } };
}

/** Undefined where there is more. */
async function readBounded({ body }: Response, bytes: number): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop ends the connection.
  for await (const part of body ?? []) {
    const chunk: unknown = part;
    if (!(chunk instanceof Uint8Array) || (size += chunk.length) > bytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
