import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Answer } from "../../../machine/gate/answer";
import { verdictOn, type GateResult } from "../../../machine/gate/evaluate";
import { progressOn } from "../../../machine/gate/progress";
import { watch } from "../../../machine/gate/watch";
import { gateOf } from "./gate-of";
import { recordingTerminal, skippingClock, type RecordingTerminal } from "./recording-terminal";

const waiting = { intervalSeconds: 10, deadlineMinutes: 1 };
const unknown = { unknown: "Prometheus has no data for it" };

function resultOf(answer: Answer): readonly GateResult[] {
  const gate = gateOf({ holds: { below: 10 } });
  return [{ name: "mc/drain/nearly-empty", gate, answer, verdict: verdictOn(answer, gate) }];
}

/** Watches a gate that has these answers one after the other, and the last one from then on. */
function watchAnswers(answers: readonly Answer[], terminal: RecordingTerminal, meanwhile?: (waits: number) => void) {
  let looks = 0;
  const look = () => Promise.resolve(resultOf(answers[Math.min(looks++, answers.length - 1)] ?? unknown));
  const clock = skippingClock(meanwhile);
  return watch(look, waiting, { clock, progress: progressOn(terminal), signal: terminal.signal });
}

describe("watch", () => {
  it("ends when all gates hold, and writes a line for each change only", async () => {
    const terminal = recordingTerminal();
    const { reason, results } = await watchAnswers([unknown, { value: 10 }, { value: 10 }, { value: 9 }], terminal);
    assert.equal(reason, "all hold");
    assert.deepEqual(results[0]?.answer, { value: 9 });
    assert.deepEqual(
      terminal
        .written()
        .replaceAll(/\d\d:(?=\d\d:)/g, "")
        .split("\n"),
      [
        "00:00  mc/drain/nearly-empty cannot tell: Prometheus has no data for it",
        "00:10  mc/drain/nearly-empty does not hold: 10, must be below 10",
        "00:30  mc/drain/nearly-empty holds: 9 is below 10",
        "",
      ],
    );
  });

  it("looks once more at the deadline, and ends there", async () => {
    const tens = Array.from({ length: 6 }, () => ({ value: 10 }));
    assert.equal((await watchAnswers([...tens, { value: 9 }], recordingTerminal())).reason, "all hold");
    assert.equal((await watchAnswers([...tens, { value: 10 }, { value: 9 }], recordingTerminal())).reason, "deadline");
  });

  it("does not take missing data for a gate that holds", async () => {
    assert.equal((await watchAnswers([unknown], recordingTerminal())).reason, "deadline");
  });

  it("ends when a person interrupts the wait", async () => {
    const terminal = recordingTerminal();
    const { reason } = await watchAnswers([{ value: 10 }], terminal, (waits) => {
      if (waits === 2) terminal.interrupt();
    });
    assert.equal(reason, "interrupted");
  });

  it("redraws the table in its place where a person looks at it", async () => {
    const terminal = recordingTerminal([]);
    await watchAnswers([{ value: 10 }, { value: 9 }], terminal);
    const [first = "", second = "", ...more] = terminal.written().split("\u001b[3A\u001b[0J");
    assert.deepEqual(more, []);
    assert.match(
      first,
      /^\S+ {2}0 of 1 gates hold, 0 of 1 min\. Ctrl-C ends\.\nVERDICT .+\ndoes not hold +mc\/drain\/nearly-empty .+\n$/,
    );
    assert.match(second, /^\S+ {2}1 of 1 gates hold.+\nVERDICT .+\nholds +mc\/drain\/nearly-empty .+\n$/);
  });
});
