import { isNativeError } from "node:util/types";

/** The words of whatever was thrown, down to the cause: "fetch failed" alone helps nobody. */
export function describeFailure(error: unknown): string {
  if (!isNativeError(error)) return String(error);
  if (error.cause !== undefined) return describeFailure(error.cause);
  if ("errors" in error && Array.isArray(error.errors)) return [...new Set(error.errors.map(describeFailure))].join(", ");
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  return code === "" || error.message.includes(code) ? error.message : `${error.message} (${code})`;
}

/** The text without the passwords of these URLs and of PGPASSWORD, should a server or a driver repeat one. */
export function withoutPasswords(text: string, urls: readonly string[]): string {
  const secrets = [...urls.flatMap(passwordsIn), process.env["PGPASSWORD"] ?? ""];
  return secrets
    .filter((secret) => secret !== "")
    .sort((a, b) => b.length - a.length)
    .reduce((safe, secret) => safe.replaceAll(secret, "***"), text);
}

function passwordsIn(url: string): readonly string[] {
  if (!URL.canParse(url)) return [url];
  const { password, searchParams } = new URL(url);
  return [password, decode(password), searchParams.get("password") ?? "", url];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A server without what it is asked with: `http://localhost:9090`, `postgres://localhost:5432/gc`. */
export function describeServer(url: string): string {
  const { protocol, host, pathname } = new URL(url);
  return `${protocol}//${host}${pathname.replace(/\/$/, "")}`;
}
