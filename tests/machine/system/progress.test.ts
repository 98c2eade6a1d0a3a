import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, it } from "@jest/globals";
import { withProgress } from "../../../machine/system/progress";

describe("the progress of a long step", () => {
  it("is a line now and then where nobody looks at a terminal", async () => {
    const lines: string[] = [];
    const display = { note: (line: string) => lines.push(line), terminal: terminalThat(false, []), secondsBetweenLines: 0.02 };
    const result = await withProgress(
      () => "half",
      display,
      () => sleep(200, "done"),
    );
    assert.equal(result, "done");
    assert.equal(lines[0], "half");
  });

  it("stands in one line of a terminal, which is empty afterwards, also after a failure", async () => {
    const written: string[] = [];
    const display = { note: () => assert.fail("said twice"), terminal: terminalThat(true, written) };
    const failing = withProgress(
      (seconds) => `${seconds} s`,
      display,
      async () => {
        while (written.length === 0) await sleep(20);
        throw new Error("no");
      },
    );
    await assert.rejects(failing, /no/);
    assert.deepEqual(written.slice(0, 1), ["\r\u001b[2K1 s"]);
    assert.equal(written.at(-1), "\r\u001b[2K");
  });
});

function terminalThat(isTTY: boolean, written: string[]) {
  return { isTTY, write: (text: string) => written.push(text) > 0 };
}
