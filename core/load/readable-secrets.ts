import { parse } from "yaml";
import { privacyObjection, singlesOut } from "../model/privacy";

/** What tokens of well-known services look like, and of others that sign them; and private keys, also in base64. */
const credentialForms: readonly RegExp[] = [
  /^(gl(sa|c)_\w{3}|xox[a-z]-|xapp-)/, // Grafana, Slack
  /^(gh[a-z]_\w{20}|github_pat_|gl(pat|dt|rt|ft|cbt|ptt|soat|imt|agent)-\w)/, // GitHub, GitLab
  /^(A[KS]IA[0-9A-Z]{12}|AIza[\w-]{30}|ya29\.|dop_v1_[0-9a-f]{16}|dapi[0-9a-f]{32})/, // AWS, Google, DigitalOcean, Databricks
  /^(hv[sb]\.\w{8}|pul-[0-9a-f]{20}|npm_\w{20}|AGE-SECRET-KEY-1)/, // Vault, Pulumi, npm, age
  /^(sk_(live|test)_\w{16}|SG\.[\w-]{16,}\.|\d{8,10}:AA[\w-]{30})/, // Stripe, SendGrid, Telegram
  /^(ATATT3\w|NRAK-\w{20}|hf_\w{30}|sk-(proj|ant)-[\w-]{16})/, // Atlassian, New Relic, Hugging Face, OpenAI, Anthropic
  /^(([Bb]earer|Basic) [\w+/=.-]{8}|eyJ[\w-]{8,}\.eyJ)/,
  /^(-----BEGIN (?!CERT|PUBLIC)|LS0tLS1CRUdJTiB(?!DRVJU|QVUJM))/,
];

/** A password in an address; and the addresses by which Slack, Discord, Teams, PagerDuty and Splunk let anybody write. */
const secretAddresses: readonly RegExp[] = [
  /^[\w+.-]+(:[\w+.-]+)*:\/\/[^/?#@\s]*:[^/?#@\s]+@/,
  /^\w+:\/\/(hooks\.slack(-gov)?\.com\/(services|workflows|triggers)\/T|discord(app)?\.com\/api\/webhooks\/\d)/,
  /^\w+:\/\/([\w.-]*webhook\.office\.com\/|[^?#\s]*\?(\S*&)?sig=\w)/, // the second is what Azure signs
  /^\w+:\/\/(events(\.eu)?\.pagerduty\.com\/(integration|x-ere)\/\w|alert\.victorops\.com\/integrations\/generic\/\d+\/alert\/\w)/,
];

/** Of a text that says how to connect: `Server=x;Password=y`. */
const connectionSecret = /(?:^|;)\s*(?:Password|Pwd|AccountKey|SharedAccessKey)=[^;\s]/i;

/** What the engine itself writes: names of a provider of secrets, a salt, a key that is encrypted. */
const ofTheEngine = new Set(["secretsprovider", "encryptedkey", "encryptionsalt"]);

/**
 * The places in a stack's file, as paths of keys, where a secret stands that everybody can read: below a name that says
 * so, or in a form that only tokens have. Encrypted values (`secure:`, `ciphertext:`) are none.
 */
export function readableSecrets(document: unknown): readonly (readonly string[])[] {
  return find(document, []);
}

function find(value: unknown, path: readonly string[], isBelowCredential = false): readonly (readonly string[])[] {
  if (typeof value === "string" || typeof value === "number")
    return isReadable(String(value), path, isBelowCredential) ? [path] : [];
  if (typeof value !== "object" || value === null || isEncrypted(value)) return [];
  // Below a credential's name, whatever stands there is one: `grafanaToken: { secrue: … }` is passed as it is written.
  return Object.entries(value).flatMap(([name, below]) =>
    find(below, [...path, name], isBelowCredential || isCredential(path.at(-1) ?? "")),
  );
}

function isReadable(text: string, path: readonly string[], isBelowCredential: boolean): boolean {
  const key = path.at(-1) ?? "";
  if (text === "" || (path.length === 1 && ofTheEngine.has(key))) return false;
  if (isToken(text) || namesInQueryString(text).some(isCredential)) return true;
  const inner = /^[[{]|\n/.test(text) ? fromYaml(text) : undefined;
  return typeof inner === "object" ? find(inner, path).length > 0 : isBelowCredential || isCredential(key);
}

/** Whether one of the words of a text has a form that only tokens have. */
export function holdsToken(text: string): boolean {
  return text.split(/[\s"'`,;<>()#]+/).some((word) => [word, word.replace(/^[\w.:-]*[:=]/, "")].some(isToken));
}

function isToken(text: string): boolean {
  return [...credentialForms, ...secretAddresses, connectionSecret].some((form) => form.test(text));
}

/** The names to which an address gives a value: `?token=…`, `;apiKey=…`. */
function namesInQueryString(text: string): readonly string[] {
  if (!/^\w+:\/\//.test(text)) return [];
  return [...decoded(text).matchAll(/[?&;/]([\w.-]+)=[^&;/]/g)].map(([, name = ""]) => name);
}

function decoded(text: string): string {
  return text.replace(/%(?:3[aAbBdDfF]|2[fF6])/g, decodeURIComponent);
}

function isCredential(key: string): boolean {
  const name = key.slice(key.lastIndexOf(":") + 1);
  if (/^(grafana)?auth$/i.test(name)) return true;
  const why = privacyObjection(name);
  return why !== undefined && why !== singlesOut;
}

/** What the engine's ways of encryption make: base64, or a version, a nonce and base64. */
const encryptedForm = /^(?:v\d+:[\w+/=:]+|(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)$/;

/** As the engine has it: one key, and a text that somebody has encrypted, or nothing yet. */
function isEncrypted(value: object): boolean {
  const [[name, text] = ["", undefined], ...more] = Object.entries(value) as readonly (readonly [string, unknown])[];
  return (
    more.length === 0 &&
    (name === "secure" || name === "ciphertext") &&
    typeof text === "string" &&
    encryptedForm.test(text.trim()) &&
    !isToken(text)
  );
}

/** JSON is YAML, and so is a kubeconfig. */
function fromYaml(text: string): unknown {
  try {
    return parse(text, { logLevel: "silent" });
  } catch {
    return undefined;
  }
}
