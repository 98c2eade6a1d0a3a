import assert from "node:assert/strict";
import { test } from "@jest/globals";
import { readHistory } from "../../../machine/rollback/history";

const update = (version: number, environment: Record<string, string> | null = {}) => ({
  version,
  kind: "update",
  result: "succeeded",
  startTime: "2026-01-01T12:00:00.000Z",
  endTime: "2026-01-01T12:00:05.000Z",
  message: `Release ${version}`,
  environment,
});

/** The CLI with these pages, and what it was asked. */
function pages(...all: readonly (readonly unknown[])[]) {
  const asked: string[] = [];
  const ask = (...args: readonly string[]): Promise<string> => {
    asked.push(args.join(" "));
    return Promise.resolve(JSON.stringify(all[asked.length - 1] ?? []));
  };
  return { ask, asked };
}

test("a history is read to its end, page by page, without its secrets", async () => {
  const { ask, asked } = pages([update(3), update(2)], [update(1)]);
  const history = await readHistory(ask);
  assert.deepEqual(
    history.map(({ version }) => version),
    [3, 2, 1],
  );
  assert.deepEqual(
    asked,
    [1, 2, 3].map((page) => `stack history --json --page-size 100 --page ${page}`),
  );
});

test("the entries of a backend that numbers none are numbered from the oldest", async () => {
  const { ask } = pages([update(0), update(0)], [update(0)]);
  assert.deepEqual(
    (await readHistory(ask)).map(({ version }) => version),
    [3, 2, 1],
  );
});

test("an entry says from which commit it was, by whom, and whether files differed from it", async () => {
  const environment = { "git.head": "abc", "git.author": "Ana", "git.dirty": "true" };
  const { result: _result, endTime: _end, ...running } = update(1);
  const { ask } = pages([update(3, environment), update(2, null), running]);
  const time = "2026-01-01T12:00:05.000Z";
  assert.deepEqual(await readHistory(ask), [
    {
      ...{ version: 3, kind: "update", result: "succeeded", time, message: "Release 3" },
      ...{ commit: "abc", author: "Ana", isDirty: true },
    },
    {
      ...{ version: 2, kind: "update", result: "succeeded", time, message: "Release 2" },
      ...{ commit: undefined, author: undefined, isDirty: false },
    },
    {
      ...{ version: 1, kind: "update", result: "in-progress", time: running.startTime, message: "Release 1" },
      ...{ commit: undefined, author: undefined, isDirty: false },
    },
  ]);
});
