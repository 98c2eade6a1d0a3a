import { serviceDependencies, type ServiceDependency } from "../model/dependency";
import type { Model } from "../model/model";
import { panelsOf } from "../model/panel";
import { isScenario, runbookService, type Heading, type RunbookDocument } from "../model/runbook";
import { linesOf, within } from "../model/section-content";

/** Lines in place of so many others, from a 0-based position on. */
export interface LineEdit {
  readonly start: number;
  readonly count: number;
  readonly text: readonly string[];
}

const item = /^\d+(?=\. )/;

/**
 * The steps that look at a service's upstreams, where the Diagnosis of a scenario lacks them: that of the first upstream before
 * all others, those of the others behind it; the numbers of the steps behind them grow. What is there already is its author's.
 * @param queryOf what a block of a panel holds.
 */
export function upstreamEdits(
  model: Model,
  document: RunbookDocument,
  queryOf: (panel: string) => string | undefined,
): readonly LineEdit[] {
  const dependencies = serviceDependencies(model.dependencies).filter(
    ({ service }) => service.id === runbookService(document.path),
  );
  if (dependencies.length === 0) return [];
  return document.headings.filter(isScenario).flatMap((scenario) => {
    const diagnosis = within(scenario, document.headings).find(({ title }) => title === "Diagnosis");
    const isLeft = Object.keys(scenario.accepts).includes("dependency-is-walked");
    return diagnosis && !isLeft ? stepEdits(document, diagnosis, { dependencies, queryOf }) : [];
  });
}

interface Missing {
  readonly dependencies: readonly ServiceDependency[];
  readonly queryOf: (panel: string) => string | undefined;
}

function stepEdits(document: RunbookDocument, diagnosis: Heading, { dependencies, queryOf }: Missing): readonly LineEdit[] {
  const steps = within(diagnosis, document.steps);
  const missing = dependencies.filter(({ step }) => !steps.some(({ text }) => text === step));
  if (missing.length === 0) return [];
  const lines = linesOf(document);
  const isCode = (line: number): boolean => document.fences.some((fence) => line >= fence.line && line <= fence.lastLine);
  const items = Array.from({ length: diagnosis.lastLine - diagnosis.line }, (_, index) => diagnosis.line + 1 + index).filter(
    (line) => item.test(lines[line - 1] ?? "") && !isCode(line),
  );
  // Behind the first upstream's, which stands there already.
  const before = dependencies[0] && missing.includes(dependencies[0]) ? 0 : 1;
  const at = items[before] ?? endOf(lines, diagnosis);
  const added = missing.flatMap((dependency, index) => [...stepLines(dependency, before + 1 + index, queryOf), ""]);
  const renumbered = items.slice(before).map((line, index): LineEdit => ({
    start: line - 1,
    count: 1,
    text: [(lines[line - 1] ?? "").replace(item, String(before + missing.length + 1 + index))],
  }));
  const [next, ...others] = renumbered;
  // Two edits of one line are one.
  return [{ start: at - 1, count: next ? 1 : 0, text: [...added, ...(next?.text ?? [])] }, ...others];
}

/** The line behind the last one of a section that has text, and the empty one below it. */
function endOf(lines: readonly string[], { line, lastLine }: Heading): number {
  const last = lines.slice(line - 1, lastLine).findLastIndex((text) => text.trim() !== "");
  return Math.min(line + last + 2, lastLine + 1);
}

function stepLines(
  { upstream, step, seenBy, service }: ServiceDependency,
  number: number,
  queryOf: Missing["queryOf"],
): readonly string[] {
  const [first] = seenBy;
  const shown = first && service.dashboards.find((dashboard) => panelsOf(dashboard).includes(first));
  const panel = shown ? `${shown.uid}/${first.id}` : undefined;
  const query = panel === undefined ? undefined : queryOf(panel);
  return [
    `${number}. **${step}.** If it is down, go on there: [${upstream.title}](../${upstream.id}/incident-response.md).`,
    ...(query === undefined
      ? []
      : ["", `   \`\`\`promql panel=${String(panel)}`, ...query.split("\n").map((line) => `   ${line}`.trimEnd()), "   ```"]),
  ];
}
