import { declared } from "./declaration";
import type { Alert, Condition } from "./alert";
import type { Duration } from "./duration";
import { measureExamples } from "./measure-examples";
import type { Panel } from "./panel";
import { toTemplate, type Printable } from "./placeholders";
import type { Query } from "./query";
import type { RunbookSection } from "./runbook";
import type { LatencySlo, Slo } from "./slo";
import type { Example } from "./example";

/** When it fires: beyond a number in the panel's unit, beyond its objective's, or by an expression of its own. */
type When<T extends string, L extends string> =
  | { readonly above: number; readonly below?: never; readonly expression?: never }
  | { readonly below: number; readonly above?: never; readonly expression?: never }
  | { readonly objective: LatencySlo; readonly above?: never; readonly below?: never; readonly expression?: never }
  | {
      /** For what a threshold cannot say. It shares a metric with the panel. */
      readonly expression: Query;
      /** The expression in words, as descriptions print it after "fires when". */
      readonly trigger: T & Printable<T, L>;
      readonly above?: never;
      readonly below?: never;
    };

/** What it means and where it leads: as its objective says, if it has one. */
type Told<I extends string, L extends string> =
  | { readonly impact: I & Printable<I, L>; readonly runbook: RunbookSection; readonly objective?: Slo }
  | { readonly objective: Slo; readonly impact?: I & Printable<I, L>; readonly runbook?: RunbookSection };

type Spec<Q extends string, L extends string, S extends string> = Omit<
  Alert<Q>,
  "name" | "panel" | "when" | "for" | "guard" | "summary" | "impact" | "runbook" | "objective" | "examples"
> & {
  readonly panel: Panel<Q, L>;
  /** How long the condition must hold. 5m when left out: unlike Prometheus, whose 0s tells of every blip; say "0s" where that is meant. */
  readonly for?: Duration;
  /** Instead of what the panel's measure asks for; `none` for an alert on anything, however rare. */
  readonly guard?: Query | "none";
  /** One line for the page: `{label}` prints a label that the panel keeps, `{value}` the number in the panel's unit. */
  readonly summary: S & Printable<S, L>;
  /** Beside those that follow from the panel's measure: what is special. */
  readonly examples?: readonly Example[];
};

/** Shorter than this, a condition is a blip: most alerts here, and in kubernetes-mixin, wait at least so long. */
const held: Duration = "5m";

/**
 * Declares an alert on a panel: `alert("GCSlow", { panel, above: 0.05, severity: "warning", summary: "{operation} takes
 * {value}", impact, runbook })`. From the panel's measure follow its guard, and examples close to the threshold.
 * A label that the measure does not keep does not compile in a summary, an impact or a trigger.
 */
export function alert<
  Q extends string,
  L extends string,
  const S extends string,
  const I extends string = string,
  const T extends string = string,
>(name: string, spec: Spec<Q, L, S> & When<T, NoInfer<L>> & Told<I, NoInfer<L>>): Alert {
  const { above: _above, below: _below, guard, summary, impact, runbook, objective, examples = [], ...rest } = spec;
  const { expression: _expression, trigger: _trigger, ...plain } = { trigger: undefined, ...rest };
  const { panel, for: forLong = held } = spec;
  const when = conditionOf(spec);
  const measure = Object.values<Panel["queries"][string]>(
    spec.query === undefined ? panel.queries : { it: panel.queries[spec.query] },
  )[0]?.measure;
  const guarding = guard === "none" || "expression" in when ? undefined : (guard ?? measure?.guard);
  const told = {
    impact: impact ?? objective?.impact ?? "",
    runbook: runbook ?? objective?.runbook ?? { path: "", slug: "", title: "" },
  };
  const derived =
    measure && !("expression" in when) && guarding === (guard === "none" ? undefined : measure.guard)
      ? measureExamples(measure, { when, for: forLong, window: spec.window ?? "5m", isGuarded: guarding !== undefined })
      : [];
  return declared({
    name,
    ...plain,
    for: forLong,
    when,
    ...(guarding && { guard: guarding }),
    ...(objective && { objective }),
    summary: toTemplate(summary, panel.unit),
    impact: toTemplate(told.impact, panel.unit),
    runbook: told.runbook,
    examples: [...derived, ...examples],
  });
}

function conditionOf(spec: When<string, string> & { readonly panel: Panel }): Condition {
  if (spec.expression !== undefined) return { expression: spec.expression, trigger: toTemplate(spec.trigger, spec.panel.unit) };
  if (spec.above !== undefined) return { above: spec.above };
  if (spec.below !== undefined) return { below: spec.below };
  return { above: spec.objective.thresholdSeconds };
}
