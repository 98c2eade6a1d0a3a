import type { Accepts, AcceptedFinding, Finding, FindingSeverity, Subject } from "../model/finding";
import { markChecked, type CheckedModel } from "../model/checked-model";
import type { Model } from "../model/model";
import { isIdOf } from "../model/former-check-ids";

/** One rule: a function from the model to findings. It never throws, prints or repairs. */
export interface Check {
  /** What must hold, in words; also the name of its file. People accept a finding by it: the one that it had before stands in `core/model/former-check-ids.ts`. */
  readonly id: string;
  readonly description: string;
  readonly severity: FindingSeverity;
  readonly run: (model: Model) => readonly Problem[];
}

/** A finding before it knows which check made it. */
export interface Problem {
  readonly subject: Subject;
  readonly message: string;
  /** Where it differs from the check's own: what is not certain is a warning that says what would settle it. */
  readonly severity?: FindingSeverity;
}

/** Builds a problem; a function so that a check reads as its condition. */
export function problem(subject: Subject, message: string): Problem {
  return { subject, message };
}

/** What all checks find in the model, and what was accepted beside its subject, with the reason. */
export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
}

/** A model that may be deployed, with what there is to warn of; or everything that stands against it. */
export interface CheckedResult {
  readonly findings: readonly Finding[];
  /** The same model; absent where a finding is an error. */
  readonly checked?: CheckedModel;
}

/** Runs the checks, and gives a model without errors in the form in which components take it. */
export function checkModel(model: Model, checks: readonly Check[]): CheckedResult {
  const { findings } = runChecks(model, checks);
  return findings.some(({ severity }) => severity === "error") ? { findings } : { findings, checked: markChecked(model) };
}

const results = new WeakMap<Model, Map<readonly Check[], CheckResult>>();

/** Runs the checks, all of them, whatever the first ones find. A model never changes, so it is checked once. */
export function runChecks(model: Model, checks: readonly Check[]): CheckResult {
  const known = results.get(model) ?? new Map<readonly Check[], CheckResult>();
  const result = known.get(checks) ?? runAll(model, checks);
  results.set(model, known.set(checks, result));
  return result;
}

/** A query with variables is checked with each of their values: what is wrong with all of them is said once. */
function told(problems: readonly Problem[]): readonly Problem[] {
  return [...new Map(problems.map((found) => [JSON.stringify(found), found])).values()];
}

const found = new WeakMap<Model, Map<Check, readonly Finding[]>>();

/** What one check finds, accepted or not. */
export function runCheck(check: Check, model: Model): readonly Finding[] {
  const known = found.get(model) ?? new Map<Check, readonly Finding[]>();
  const findings =
    known.get(check) ??
    told(check.run(model)).map((problem): Finding => ({ check: check.id, severity: check.severity, ...problem }));
  found.set(model, known.set(check, findings));
  return findings;
}

/** Why somebody accepts what a check finds, as it is written; undefined where nobody does. */
export function acceptedReason(accepts: Accepts = {}, check: string): string | undefined {
  return Object.entries(accepts).find(([written]) => isIdOf(written, check))?.[1];
}

function runAll(model: Model, checks: readonly Check[]): CheckResult {
  const all = checks.flatMap((check) => runCheck(check, model));
  const reasonOf = ({ check, subject }: Finding): string | undefined => {
    const reason = acceptedReason(subject.accepts, check)?.trim();
    return reason === "" ? undefined : reason;
  };
  return {
    findings: all.filter((finding) => reasonOf(finding) === undefined),
    accepted: all.flatMap((finding) => {
      const reason = reasonOf(finding);
      return reason === undefined ? [] : [{ ...finding, reason }];
    }),
  };
}
