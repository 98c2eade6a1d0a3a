import { privacyObjection, singlesOut } from "../model/privacy";

/** What tokens of Grafana, Slack, GitHub, GitLab, AWS, Google, Vault, Pulumi, npm and of others that sign them look like. */
const credentialForms =
  /^(gl(sa|c)_\w{3}|xox[a-z]-|xapp-|gh[a-z]_\w{20}|github_pat_|glpat-|A[KS]IA[0-9A-Z]{12}|AIza[\w-]{30}|ya29\.|hv[sb]\.\w{8}|pul-[0-9a-f]{20}|npm_\w{20}|(Bearer|Basic) [\w+/=.-]{8}|eyJ[\w-]{8,}\.eyJ|-----BEGIN )/;

/** A password in an address; and the addresses by which Slack, Teams and Discord let anybody write. */
const secretAddress =
  /^\w+:\/\/([^/?#@\s]*:[^/?#@\s]+@|hooks\.slack\.com\/services\/T|discord(app)?\.com\/api\/webhooks\/\d|[\w.-]*webhook\.office\.com\/)/;

/** What the engine itself writes: names of a provider of secrets, a salt, a key that is encrypted. */
const ofTheEngine = new Set(["secretsprovider", "encryptedkey", "encryptionsalt"]);

/**
 * The places in a stack's file, as paths of keys, where a secret stands that everybody can read: below a name that says
 * so, or in a form that only tokens have. Encrypted values (`secure:`, `ciphertext:`) are none.
 */
export function readableSecrets(document: unknown): readonly (readonly string[])[] {
  return find(document, []);
}

function find(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (typeof value === "string" || typeof value === "number") return isReadable(String(value), path) ? [path] : [];
  if (typeof value !== "object" || value === null || isEncrypted(value)) return [];
  return Object.entries(value).flatMap(([name, below]) => find(below, [...path, name]));
}

function isReadable(text: string, path: readonly string[]): boolean {
  const key = path.at(-1) ?? "";
  if (text === "" || (path.length === 1 && ofTheEngine.has(key))) return false;
  if (credentialForms.test(text) || secretAddress.test(text)) return true;
  return /^[[{]/.test(text) ? find(fromJson(text), path).length > 0 : isCredential(key);
}

function isCredential(key: string): boolean {
  const name = key.slice(key.lastIndexOf(":") + 1);
  if (/^(grafana)?auth$/i.test(name)) return true;
  const why = privacyObjection(name);
  return why !== undefined && why !== singlesOut;
}

function isEncrypted(value: object): boolean {
  return Object.keys(value).length === 1 && ("secure" in value || "ciphertext" in value);
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
