import { severities, type Alert, type Severity } from "./alert";
import { alert } from "./declared-alert";
import type { Panel } from "./panel";
import type { Printable } from "./placeholders";
import type { RunbookSection } from "./runbook";

/** What one threshold has of its own. */
type Threshold<I extends string, L extends string> = {
  readonly name: string;
  readonly impact: I & Printable<I, L>;
} & ({ readonly above: number; readonly below?: never } | { readonly below: number; readonly above?: never }) &
  Partial<Pick<Alert, "for" | "keepFiringFor" | "examples" | "accepts">>;

type Plain = Threshold<string, string>;

interface Shared<Q extends string, S extends string, L extends string> {
  /** Which of the panel's queries. The only one when left out. */
  readonly query?: NoInfer<Q>;
  /** The panel's title, the labels that it keeps, and the value when left out: "Packet loss, audio: 3 %". */
  readonly summary?: S & Printable<S, L>;
}

/** The alert of a severity, where one was given: its impact has a type. */
type Given<K extends Severity, I> = [I] extends [never] ? unknown : Readonly<Record<K, Alert>>;

/**
 * Declares the alerts on a panel by their severities, and says once what they share. While the graver one fires, the milder
 * one tells nobody. `for` is 5m when left out.
 *
 *     loss: thresholds(panels.loss, scenarios["scenario-6-bad-media"], {
 *       summary: "{value} of the {kind} packets are lost",
 *       warning: { name: "MHPacketLoss", above: 0.02, impact: "Sound breaks up." },
 *       page: { name: "MHHighPacketLoss", above: 0.1, for: "2m", impact: "Nobody can follow a meeting." },
 *     }),
 *
 * @throws TypeError when the milder threshold lies beyond the graver one, where it would tell nobody anything.
 */
export function thresholds<
  Q extends string,
  L extends string,
  const S extends string,
  const P extends string = never,
  const W extends string = never,
  const I extends string = never,
>(
  panel: Panel<Q, L>,
  runbook: RunbookSection,
  spec: Shared<Q, S, NoInfer<L>> & {
    readonly page?: Threshold<P, NoInfer<L>>;
    readonly warning?: Threshold<W, NoInfer<L>>;
    readonly info?: Threshold<I, NoInfer<L>>;
  },
): Given<"page", P> & Given<"warning", W> & Given<"info", I>;
export function thresholds(
  panel: Panel,
  runbook: RunbookSection,
  { page, warning, info, query, summary }: Shared<string, string, string> & Partial<Record<Severity, Plain>>,
): Partial<Record<Severity, Alert>> {
  const given: Partial<Record<Severity, Plain>> = {
    ...(info && { info }),
    ...(warning && { warning }),
    ...(page && { page }),
  };
  const mildestFirst = severities.toReversed().flatMap((severity) => given[severity] ?? []);
  mildestFirst.slice(1).forEach((graver, index) => requireOrder(mildestFirst[index], graver));
  const shared = { panel, runbook, summary: summary ?? seenIn(panel, query), ...(query !== undefined && { query }) };
  const alerts = mildestFirst.map((one, index) => {
    const milder = mildestFirst[index - 1]?.name;
    const severity = severities.find((each) => given[each] === one) ?? "warning";
    const { name, ...own } = one;
    return [severity, alert(name, { ...shared, severity, ...own, ...(milder !== undefined && { milder }) })] as const;
  });
  return Object.fromEntries(alerts);
}

/** What is seen in a panel, in a line: what it shows, of which labels, and the number. */
function seenIn({ title, queries }: Panel, query = Object.keys(queries)[0] ?? ""): string {
  const by = queries[query]?.measure?.by ?? [];
  return `${[title.replace(/ by [a-z_ ]+$/, ""), ...by.map((label) => `{${label}}`)].join(", ")}: {value}`;
}

function requireOrder(milder: Plain | undefined, graver: Plain): void {
  if (!milder) return;
  const isOrdered =
    milder.above !== undefined && graver.above !== undefined
      ? milder.above < graver.above
      : milder.below !== undefined && graver.below !== undefined && milder.below > graver.below;
  if (!isOrdered)
    throw new TypeError(
      `"${milder.name}" must come before "${graver.name}": a milder threshold beyond a graver one, or on the other side, tells nobody anything.`,
    );
}
