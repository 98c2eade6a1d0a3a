import { z } from "zod";
import type { AskPulumi } from "./ask-pulumi";

/** One entry of a stack's history: what was done, how it ended, and from which commit. */
export interface HistoryEntry {
  /** Counted from 1, the oldest. */
  readonly version: number;
  readonly kind: string;
  readonly result: string;
  /** When it ended, or, while it runs, when it began. */
  readonly time: string;
  /** The commit's title, unless somebody gave a message of their own. */
  readonly message: string;
  /** The commit that was checked out. Missing where the engine found no repository. */
  readonly commit?: string | undefined;
  readonly author?: string | undefined;
  /** Whether files differed from the commit. */
  readonly isDirty: boolean;
}

const pageSchema = z.array(
  z.object({
    version: z.number(),
    kind: z.string(),
    result: z.string().default("in-progress"),
    startTime: z.string(),
    endTime: z.string().optional(),
    message: z.string(),
    environment: z.record(z.string(), z.string()).nullable(),
  }),
);

const pageSize = 100;

/** The whole history of a stack, the newest first. */
export async function readHistory(ask: AskPulumi): Promise<readonly HistoryEntry[]> {
  const updates = [];
  // Without a size, the CLI shows ten. A backend may give fewer than asked, so only an empty page is the end.
  for (let page = 1; ; page += 1) {
    const printed = await ask("stack", "history", "--json", "--page-size", String(pageSize), "--page", String(page));
    const read = pageSchema.parse(JSON.parse(printed));
    if (read.length === 0) break;
    updates.push(...read);
  }
  return updates.map(({ version, kind, result, startTime, endTime, message, environment }, index) => ({
    // Backends of files and object storage number nothing: all their versions are 0.
    version: version > 0 ? version : updates.length - index,
    kind,
    result,
    time: endTime ?? startTime,
    message,
    commit: environment?.["git.head"],
    author: environment?.["git.author"],
    isDirty: environment?.["git.dirty"] === "true",
  }));
}
