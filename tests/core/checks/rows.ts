import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { runChecks, type Check } from "../../../core/checks/check";
import { renderPlace } from "../../../core/render/findings";
import { exampleModel, type Change } from "./example";

/** Something that a check must not report. */
export interface AcceptedRow extends Change {
  readonly name: string;
}

/** A way to fail: every finding as `place: message`, whole. */
export interface ReportedRow extends Change {
  readonly name: string;
  readonly findings: readonly string[];
}

/** The findings of one check on a model, as `severity place: message`. */
export function findingsOf(check: Check, change: Change): readonly string[] {
  return runChecks(exampleModel(change), [check]).findings.map((finding) => `${renderPlace(finding)}: ${finding.message}`);
}

/** Tests a check by its two tables. */
export function testCheck(
  check: Check,
  { accepted, reported }: { accepted: readonly AcceptedRow[]; reported: readonly ReportedRow[] },
): void {
  describe(check.id, () => {
    for (const { name, ...change } of [{ name: "the example without fault" }, ...accepted]) {
      it(`accepts ${name}`, () => {
        assert.deepEqual(findingsOf(check, change), []);
      });
    }
    for (const { name, findings, ...change } of reported) {
      it(`reports ${name}`, () => {
        assert.deepEqual(findingsOf(check, change), findings);
      });
    }
  });
}
