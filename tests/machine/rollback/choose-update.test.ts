import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { chooseUpdate } from "../../../machine/rollback/choose-update";
import type { HistoryEntry } from "../../../machine/rollback/history";

const commits = {
  A: "aaaa111".padEnd(40, "0"),
  B: "bbbb222".padEnd(40, "0"),
  C: "cccc333".padEnd(40, "0"),
  D: "1234567".padEnd(40, "0"),
};

/** A history, the oldest first, as words: "A", "B failed", "C dirty", "B destroy", "- update" for one without a commit. */
function historyOf(...words: readonly string[]): readonly HistoryEntry[] {
  const entries = words.map((word, index): HistoryEntry => {
    const [name = "", ...rest] = word.split(" ");
    const commit = Object.entries(commits).find(([letter]) => letter === name)?.[1];
    return {
      version: index + 1,
      kind: rest.find((part) => ["destroy", "refresh", "import"].includes(part)) ?? "update",
      result: rest.find((part) => ["failed", "in-progress"].includes(part)) ?? "succeeded",
      time: `2026-01-0${index + 1}T12:00:00Z`,
      message: `Release ${name}`,
      isDirty: rest.includes("dirty"),
      ...(commit === undefined ? {} : { commit, author: "Ana" }),
    };
  });
  return entries.reverse();
}

function chosen(history: readonly HistoryEntry[], to?: string): string {
  const { version, message } = chooseUpdate({ stackName: "prod", history, to });
  return `${version} ${message}`;
}

const accepted: readonly { name: string; history: readonly string[]; to?: string; is: string }[] = [
  { name: "the deployment before", history: ["A", "B"], is: "1 Release A" },
  { name: "the last of another commit, though the same was deployed twice", history: ["A", "B", "B"], is: "1 Release A" },
  { name: "the latest deployment of that commit", history: ["A", "A", "B"], is: "2 Release A" },
  { name: "forward again, when a rollback is rolled back", history: ["A", "B", "A"], is: "2 Release B" },
  { name: "what worked, when a new release failed", history: ["A", "B", "C failed"], is: "2 Release B" },
  { name: "what worked, when a new release failed twice", history: ["A", "B", "C failed", "C failed"], is: "2 Release B" },
  {
    name: "the deployment before, when what is deployed failed at another try",
    history: ["A", "B", "B failed"],
    is: "1 Release A",
  },
  { name: "the same as a rollback that failed", history: ["A", "B", "A failed"], is: "1 Release A" },
  { name: "the last good one, after everything was removed", history: ["A", "B", "B destroy"], is: "2 Release B" },
  { name: "the deployment before, whatever was refreshed since", history: ["A", "B", "C refresh"], is: "1 Release A" },
  { name: "over updates without a commit", history: ["A", "-", "B"], is: "1 Release A" },
  { name: "the last commit, when what is deployed has none", history: ["A", "B", "-"], is: "2 Release B" },
  { name: "a version", history: ["A", "B", "C"], to: "1", is: "1 Release A" },
  { name: "a commit", history: ["A", "B", "C"], to: commits.A, is: "1 Release A" },
  { name: "an abbreviated commit, in capitals", history: ["A", "B", "C"], to: "AAAA11", is: "1 Release A" },
  { name: "a commit whose abbreviation looks like a version", history: ["A", "D", "C"], to: "1234", is: "2 Release D" },
  { name: "of a commit, the clean deployment", history: ["A", "A dirty", "B"], to: "aaaa", is: "1 Release A" },
  { name: "of a commit, the deployment that succeeded", history: ["A", "A failed", "B"], to: "aaaa", is: "1 Release A" },
  { name: "what is deployed, when it is asked for", history: ["A", "B"], to: "2", is: "2 Release B" },
];

const lineOfA = "--to 1  version 1, commit aaaa111: Release A (deployed 2026-01-01 12:00 UTC, Ana)";
const lineOfB = "--to 2  version 2, commit bbbb222: Release B (deployed 2026-01-02 12:00 UTC, Ana)";
const justA = `\nIt can go back to:\n  ${lineOfA}`;
const both = `\nIt can go back to:\n  ${lineOfB}\n  ${lineOfA}`;

const refused: readonly { name: string; history: readonly string[]; to?: string; message: string }[] = [
  { name: "no history", history: [], message: 'Stack "prod" was never deployed. Nothing was changed.' },
  {
    name: "a history of something else than deployments",
    history: ["A refresh", "A destroy"],
    message: 'Stack "prod" was never deployed. Nothing was changed.',
  },
  {
    name: "a history without commits",
    history: ["-", "-"],
    message:
      'The history of stack "prod" names no commit, so there is nothing to go back to. The engine records the commit of what is deployed from a git repository. Nothing was changed.',
  },
  {
    name: "a history of one commit",
    history: ["A", "A"],
    message: `Stack "prod" has no good deployment of another commit to go back to. Nothing was changed.\nIt can go back to:\n  --to 2  version 2, commit aaaa111: Release A (deployed 2026-01-02 12:00 UTC, Ana)`,
  },
  {
    name: "a history in which only failures precede",
    history: ["A failed", "B failed"],
    message: 'Stack "prod" has no good deployment of another commit to go back to. Nothing was changed.',
  },
  {
    name: "a dirty deployment",
    history: ["A", "B dirty", "C"],
    message: `Version 2 of stack "prod" was deployed from commit bbbb222 with changes that were not committed: what it deployed is in no commit. Nothing was changed.\nIt can go back to:\n  --to 3  version 3, commit cccc333: Release C (deployed 2026-01-03 12:00 UTC, Ana)\n  ${lineOfA}`,
  },
  {
    name: "a version that failed",
    history: ["A", "B failed"],
    to: "2",
    message: `Version 2 of stack "prod" is no good deployment: failed. Nothing was changed.${justA}`,
  },
  {
    name: "a removal",
    history: ["A", "B destroy"],
    to: "2",
    message: `Version 2 of stack "prod" is no deployment but: destroy. Nothing was changed.${justA}`,
  },
  {
    name: "a version without a commit",
    history: ["A", "-"],
    to: "2",
    message: `The history names no commit for version 2 of stack "prod". Nothing was changed.${justA}`,
  },
  {
    name: "a version that there is not",
    history: ["A", "B"],
    to: "7",
    message: `Stack "prod" has no version 7. Nothing was changed.${both}`,
  },
  {
    name: "a branch",
    history: ["A", "B"],
    to: "main",
    message: `Stack "prod" has no version main. Nothing was changed.${both}`,
  },
  {
    name: "a commit that was never deployed",
    history: ["A", "B"],
    to: "cccc333",
    message: `Commit cccc333 was never deployed to stack "prod". Nothing was changed.${both}`,
  },
  {
    name: "a commit whose deployment failed",
    history: ["A", "B", "C failed"],
    to: "cccc",
    message: `Commit cccc was never deployed well to stack "prod". Nothing was changed.${both}`,
  },
];

describe("a rollback goes back to", () => {
  for (const { name, history, to, is } of accepted) {
    it(name, () => assert.equal(chosen(historyOf(...history), to), is));
  }
});

describe("a rollback refuses", () => {
  for (const { name, history, to, message } of refused) {
    it(name, () => assert.throws(() => chosen(historyOf(...history), to), { name: "UserError", message }));
  }

  it("an abbreviation of two deployed commits", () => {
    const [newest, ...older] = historyOf("A", "B");
    assert.ok(newest);
    const history = [{ ...newest, commit: "aaaa999".padEnd(40, "0") }, ...older];
    assert.throws(() => chosen(history, "aaaa"), /^UserError: More than one deployed commit of stack "prod" begins with aaaa\./);
  });
});
