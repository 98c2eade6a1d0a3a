import { UsageError } from "../system/user-error";

const schemes = {
  "--prometheus": { allowed: ["http:", "https:"], example: "http://localhost:9090" },
  "--site-url": { allowed: ["http:", "https:"], example: "https://example.org/site/" },
  "--run-url": { allowed: ["http:", "https:"], example: "https://example.org/runs/1" },
  "--alertmanager": { allowed: ["http:", "https:"], example: "http://localhost:9093" },
  "--grafana": { allowed: ["http:", "https:"], example: "http://localhost:3000" },
  "--database": { allowed: ["postgres:", "postgresql:"], example: "postgres://reader@localhost:5432/gc" },
} as const;

/** A URL of a server. A wrong one is not repeated: it may hold a password. */
export function readUrl(option: keyof typeof schemes, text: string): string {
  const { allowed, example } = schemes[option];
  if (text.trim() === "") throw new UsageError(`${option} is empty: is the variable that it comes from set?`);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !allowed.some((scheme) => scheme === url.protocol))
    throw new UsageError(`The value of ${option} is no URL such as ${example}.`);
  if (isEncodedWrongly(url))
    throw new UsageError(`The user or the password in ${option} has a % that encodes nothing: write it as %25.`);
  return text;
}

function isEncodedWrongly({ username, password }: URL): boolean {
  try {
    decodeURIComponent(username + password);
    return false;
  } catch {
    return true;
  }
}

/** A number above 0 and not beyond the limit. */
export function readNumber(option: string, text: string, most: number): number {
  const value = text.trim() === "" ? Number.NaN : Number(text);
  if (value > 0 && value <= most) return value;
  throw new UsageError(`${option} is "${text}"; it must be a number above 0, at most ${most}.`);
}
