import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { renamedTo } from "../../core/model/former-check-ids";
import type { Finding } from "../../core/model/finding";
import { UsageError } from "../../machine/system/user-error";

const entry = z.strictObject({
  check: z.string(),
  file: z.string(),
  name: z.string().optional(),
  message: z.string(),
  times: z.number().int().positive(),
});
const baseline = z.strictObject({ findings: z.array(entry) });
type Entry = z.infer<typeof entry>;

/** The findings that are accepted for now; none where there is no such file yet. */
export function readBaseline(path: string): readonly Entry[] {
  if (!existsSync(path)) return [];
  try {
    const { findings } = baseline.parse(JSON.parse(readFileSync(path, "utf8")));
    return findings.map((each) => ({ ...each, check: renamedTo(each.check) ?? each.check }));
  } catch {
    throw new UsageError(`${path} is no baseline. Write it again: chain check --write-baseline`);
  }
}

/** What is new, and the baseline without what is gone. Lines do not count: they move. */
export function beyondBaseline(
  findings: readonly Finding[],
  accepted: readonly Entry[],
): { readonly fresh: readonly Finding[]; readonly left: readonly Entry[] } {
  const budget = new Map(accepted.map((each) => [keyOf(each), each.times]));
  const fresh = findings.filter((finding) => {
    const left = budget.get(keyOf(entryOf(finding))) ?? 0;
    budget.set(keyOf(entryOf(finding)), left - 1);
    return left <= 0;
  });
  const left = accepted.flatMap((each) => {
    const times = Math.min(each.times, each.times - (budget.get(keyOf(each)) ?? 0));
    return times > 0 ? [{ ...each, times }] : [];
  });
  return { fresh, left };
}

/** The baseline that accepts all these. */
export function baselineOf(findings: readonly Finding[]): readonly Entry[] {
  const entries = new Map<string, Entry>();
  for (const finding of findings) {
    const key = keyOf(entryOf(finding));
    entries.set(key, { ...entryOf(finding), times: (entries.get(key)?.times ?? 0) + 1 });
  }
  return [...entries.values()].sort((a, b) => keyOf(a).localeCompare(keyOf(b)));
}

/** Writes the baseline. */
export function writeBaseline(path: string, findings: readonly Entry[]): void {
  writeFileSync(path, `${JSON.stringify({ findings }, null, 2)}\n`);
}

function entryOf({ check, subject: { file, name }, message }: Finding): Omit<Entry, "times"> {
  return { check, file, ...(name !== undefined && { name }), message: withoutLines(message) };
}

/** A message may name another place, `metrics.rs:12`, whose line moves as the finding's own does. */
function withoutLines(message: string): string {
  return message.replace(/(\.\w+)(?::\d+)+/g, "$1");
}

function keyOf({ check, file, name = "", message }: Omit<Entry, "times">): string {
  return [check, file, name, message].join("\n");
}
