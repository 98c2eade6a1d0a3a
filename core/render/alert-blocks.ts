import { describeCondition, type Alert } from "../model/alert";
import { groupBy } from "../model/group-by";
import { indexOf, sectionKey, type Model } from "../model/model";
import { once } from "../model/once";
import { linesOf } from "../model/section-content";
import { isScenario, type Heading, type RunbookDocument } from "../model/runbook";
import { withoutValues } from "../model/placeholders";
import { numbersIn, spells } from "../model/spelt-numbers";
import { renderLookFirst } from "./look-first";
import { renderMarkdownTable } from "./marked-block";

const kinds = ["alerts", "impact", "scenarios", "look-first"] as const;

type Kind = (typeof kinds)[number];

/** What `npm run generate` writes into a runbook between two comments. */
export interface AlertBlock {
  /** `alerts` of the section around it, or their `impact`; `scenarios`, all of the document; `look-first`, which alerts explain which. */
  readonly kind: Kind;
  /** The lines of the two comments, 1-based. */
  readonly line: number;
  readonly lastLine: number;
  /** Numbers that once were thresholds or durations here, as long as the text around the block says them. */
  readonly once: readonly string[];
  readonly text: string;
}

const begin = /^<!-- ([a-z-]+): written by `npm run generate`(?:; once (.*?))? -->$/;

/** The blocks of a runbook that are made of its alerts. */
export const alertBlocksOf = once((document: RunbookDocument): readonly AlertBlock[] => {
  const lines = linesOf(document);
  return lines.flatMap((line, start) => {
    if (!line.includes("<!--")) return [];
    const [, word, once = ""] = begin.exec(line.trim()) ?? [];
    const kind = kinds.find((known) => known === word);
    if (kind === undefined) return [];
    const end = lines.findIndex((other, index) => index > start && other.trim() === `<!-- end of ${kind} -->`);
    if (end < 0) return [];
    const content = lines
      .slice(start + 1, end)
      .join("\n")
      .trim();
    return [{ kind, line: start + 1, lastLine: end + 1, once: once === "" ? [] : once.split(", "), text: content }];
  });
});

/** What a block must hold now; what it holds where no alert leads to its section, as other checks tell. */
export function renderAlertBlock(model: Model, document: RunbookDocument, block: AlertBlock): string {
  switch (block.kind) {
    case "alerts":
      return alertsHere(model, document, block).map(alertLine).join("\n") || block.text;
    case "impact":
      return impactLines(alertsHere(model, document, block)).join("\n") || block.text;
    case "scenarios":
      return renderMarkdownTable([
        ["Scenario", "Alerts"],
        ...document.headings.filter(isScenario).map((heading) => scenarioRow(model, document, heading)),
      ]);
    case "look-first":
      return renderLookFirst(model, document);
  }
}

/** The lines of a block, its comments included, as they must be now. */
export function rewriteAlertBlock(model: Model, document: RunbookDocument, block: AlertBlock): readonly string[] {
  const text = renderAlertBlock(model, document, block);
  const once = block.kind === "alerts" ? stillSaid(document, block, text) : [];
  const memory = once.length === 0 ? "" : `; once ${once.join(", ")}`;
  return [
    `<!-- ${block.kind}: written by \`npm run generate\`${memory} -->`,
    "",
    ...text.split("\n"),
    "",
    `<!-- end of ${block.kind} -->`,
  ];
}

/** Numbers that an alert of the block had and none has any longer, where the text of the section still says them. */
export function stillSaid(document: RunbookDocument, block: AlertBlock, now: string): readonly string[] {
  const current = numbersIn(now);
  const gone = [...new Set([...block.once, ...numbersIn(block.text)])].filter((number) => !current.includes(number));
  const prose = proseAround(document, block);
  return gone.filter((number) => spells(prose, number));
}

/** The section around a block without the block itself and without code. */
export function proseAround(document: RunbookDocument, block: AlertBlock): string {
  const around = sectionsAround(document, block).find((heading) => heading.level <= 2) ?? sectionsAround(document, block)[0];
  if (!around) return "";
  const own = document.fences.filter(({ line }) => line >= around.line && line <= around.lastLine);
  const left = [...own, ...alertBlocksOf(document)];
  return linesOf(document)
    .slice(around.line - 1, around.lastLine)
    .filter((_, index) => !left.some(({ line, lastLine }) => around.line + index >= line && around.line + index <= lastLine))
    .join("\n");
}

/** The innermost section first. */
function sectionsAround({ headings }: RunbookDocument, { line }: { readonly line: number }): readonly Heading[] {
  return headings.filter((heading) => line >= heading.line && line <= heading.lastLine).toReversed();
}

function alertsHere(model: Model, document: RunbookDocument, block: AlertBlock): readonly Alert[] {
  const { alertsBySection } = indexOf(model);
  const leading = sectionsAround(document, block).map(
    ({ slug }) => alertsBySection.get(sectionKey({ path: document.path, slug })) ?? [],
  );
  return leading.find((alerts) => alerts.length > 0) ?? [];
}

/** `- `GCDown` (page): "GC instances up" is below 1 for 1m.` Overrides of an environment are none of its business. */
function alertLine(alert: Alert): string {
  const { panel, query, when, declared = alert } = alert;
  const condition = withoutValues(describeCondition(declared));
  const shown = `"${panel.title}"`;
  const said =
    "expression" in when
      ? `${condition}. Panel ${shown}`
      : condition.replace(`${query ?? "it"} is`, `${shown}${query === undefined ? "" : ` (${query})`} is`);
  return `- \`${alert.name}\` (${alert.severity}): ${said}.`;
}

/** `- `GCDown`, `GCNotReady`: Nobody can join a meeting.`: what the alerts say of it, each text once. */
function impactLines(alerts: readonly Alert[]): readonly string[] {
  const named = groupBy(alerts, ({ impact }) => impact);
  return [...named].map(
    ([impact, those]) =>
      `- ${those.map(({ name }) => `\`${name}\``).join(", ")}: ${withoutValues(impact).replace(/\{\{[^}]*\$value[^}]*\}\}/g, "{value}")}`,
  );
}

function scenarioRow(model: Model, { path }: RunbookDocument, { title, slug }: Heading): readonly string[] {
  const alerts = indexOf(model).alertsBySection.get(sectionKey({ path, slug })) ?? [];
  return [`[${title.replace(/^Scenario /, "")}](#${slug})`, alerts.map(({ name }) => `\`${name}\``).join(", ")];
}
