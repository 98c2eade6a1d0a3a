import { ruleLabels, severities, type Severity } from "../../model/alert";
import { durationOf, type Duration } from "../../model/duration";
import type { LoadedRule } from "../../model/files/loaded";
import { durationValue } from "../../model/promql/number";
import { toFill } from "../../model/to-fill";
import type { Threshold } from "./conditions";
import type { Decision } from "./metrics";
import type { ImportedPanel } from "./panels";
import { queryCode, type References } from "./query-code";
import { inline, object, text, type Imports } from "./source";
import { isReadable, sayTemplate, type Printable } from "./texts";

/** An alert of a file with what was found for it. */
export interface FoundAlert {
  readonly rule: LoadedRule;
  /** Its key among the alerts of the service. */
  readonly key: string;
  readonly on: ImportedPanel;
  /** Absent where no panel draws its query: then its expression is its own. */
  readonly threshold: Threshold | undefined;
  /** The section to which it leads, as code. */
  readonly runbook: string;
}

/** What alerts are written with. */
export interface AlertContext {
  readonly id: string;
  readonly references: References;
  readonly imports: Imports;
  readonly decisions: Decision[];
}

/** An alert as code. */
export function alertCode({ rule, on, threshold, runbook }: FoundAlert, context: AlertContext): string {
  const { imports, references, decisions, id } = context;
  const say = (message: string): void => void decisions.push({ subject: rule.subject, message });
  // What is so of many alerts is said of the first.
  const sayOnce = (message: string): void => {
    if (!decisions.some((other) => other.message === message)) say(message);
  };
  const { labels, annotations } = rule;
  const { severity, service, ...others } = labels;
  if (service !== undefined && service !== id) sayOnce(`has the label service="${service}", which becomes "${id}".`);
  const own = Object.entries(others).filter(([label]) => {
    if (ruleLabels.includes(label))
      sayOnce(`sets the label "${label}", which the program sets itself: it was left out of all alerts.`);
    return !ruleLabels.includes(label);
  });
  const printable = printableOf(on);
  const texts = textsOf(rule, sayOnce);
  imports.use("panels");
  imports.use("runbooks");
  const trigger = triggerIn(annotations["description"] ?? "") ?? toFill("its expression in words, behind “fires when”");
  return `${imports.use("alert")}(${text(rule.name)}, ${object({
    panel: `panels.${on.key}`,
    query: threshold?.query === undefined ? undefined : text(threshold.query),
    ...(threshold
      ? conditionCode(threshold, references, imports)
      : { expression: queryCode(rule.expr, references, imports), trigger: said(trigger, printable, say) }),
    for: text(lasting(rule.for, say) ?? "0m"),
    keepFiringFor: rule.keepFiringFor === "" ? undefined : text(lasting(rule.keepFiringFor, say) ?? "0m"),
    severity: text(severityOf(severity, sayOnce)),
    labels: own.length === 0 ? undefined : inline(Object.fromEntries(own.map(([label, value]) => [label, text(value)]))),
    summary: said(texts.summary, printable, say),
    impact: said(texts.impact, printable, say),
    runbook,
  })})`;
}

function conditionCode(
  { when, window, guard }: Threshold,
  references: References,
  imports: Imports,
): Readonly<Record<string, string | undefined>> {
  return {
    ...("above" in when ? { above: String(when.above) } : { below: String(when.below) }),
    window: window === undefined ? undefined : text(window),
    guard: guard === undefined ? undefined : guard === "none" ? text("none") : queryCode(guard.expr, references, imports),
  };
}

/** The labels of the measures that a panel shows: only these compile as placeholders. */
function printableOf({ panel }: ImportedPanel): Printable {
  const measures = Object.values(panel.queries).flatMap(({ measure }) => measure ?? []);
  const isAny = measures.some(({ type }) => type === "expression");
  return { unit: panel.unit, labels: isAny ? "any" : measures.flatMap(({ by }) => by) };
}

function said(template: string, printable: Printable, say: (message: string) => void): string {
  const found = sayTemplate(template, printable);
  if (found === undefined) say("has a text in braces that would be taken for a label: correct its summary or impact.");
  const plain = text(found ?? template);
  return isReadable(found ?? template, printable) ? plain : `String(${plain})`;
}

/** What an alert says, in the words of its file; what is said nowhere is left to fill in. */
function textsOf(
  { annotations, name }: LoadedRule,
  say: (message: string) => void,
): { readonly summary: string; readonly impact: string } {
  const { summary, description, message, impact } = annotations;
  const told = Object.keys(annotations).filter((key) => ["summary", "description", "message", "impact"].includes(key));
  const lost = Object.keys(annotations).filter((key) => !told.includes(key) && !linking.test(key));
  if (lost.length > 0) say(`has annotations that this program does not write, and that were left out: ${lost.join(", ")}.`);
  if (impact === undefined && description !== undefined)
    say("says in its impact what its description said: what do users notice?");
  return {
    summary: summary ?? message ?? toFill(`one line that says what ${name} sees`),
    impact: impact ?? description ?? toFill("what users notice"),
  };
}

const linking = /runbook|playbook|dashboard|panel/i;

/** The words of a description that this program wrote itself. */
function triggerIn(description: string): string | undefined {
  return /^Fires when (.*?)(?: for \w+)?(?: \(now .*?\))?\. Seen on the dashboard "/s.exec(description)?.[1];
}

function severityOf(severity: string | undefined, say: (message: string) => void): Severity | "none" {
  const known = severities.find((each) => each === severity);
  if (known) return known;
  if (severity === "none") return severity;
  if (severity === undefined) {
    say('has no severity, and gets "none": nobody is told.');
    return "none";
  }
  const given = /^(critical|crit|page|error|high)$/i.test(severity) ? "page" : "warning";
  say(`has the severity "${severity}", which becomes "${given}": what routes by it must know.`);
  return given;
}

/** A duration of one unit; the next longer whole second where it has a part of one. */
function lasting(written: string, say: (message: string) => void): Duration | undefined {
  if (written === "" || /^0+$/.test(written)) return undefined;
  const seconds = durationValue(written);
  const exact = seconds === undefined ? undefined : durationOf(seconds);
  if (exact !== undefined && seconds !== 0) return exact;
  if (seconds === 0) return undefined;
  say(`lasts "${written}", which is no whole number of seconds.`);
  return seconds === undefined ? undefined : durationOf(Math.ceil(seconds));
}
