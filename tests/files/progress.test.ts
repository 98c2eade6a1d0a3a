import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { progressOn } from "../../library/files/progress";

describe("the progress of a long check", () => {
  const told = (isTTY: boolean, seconds: readonly number[]): readonly string[] => {
    const written: string[] = [];
    let now = 0;
    const progress = progressOn({ isTTY, write: (text) => written.push(String(text)) > 0 }, () => now);
    for (const second of seconds) {
      now = second * 1000;
      progress.say(`at ${second}`);
    }
    progress.end();
    return written.map((text) => text.replaceAll("\u001b[2K", "").replaceAll("\r", ""));
  };

  it("is told once a second, and taken away at the end", () => {
    assert.deepEqual(told(true, [0.1, 0.9, 1.1, 1.5, 2, 2.2]), ["at 1.1", "at 2.2", ""]);
  });

  it("is not told where it takes less than a second, nor where nobody looks", () => {
    assert.deepEqual(told(true, [0.1, 0.9]), []);
    assert.deepEqual(told(false, [1.5, 3]), []);
  });
});
