import { groupBy } from "../../core/model/group-by";
import { comparisonElement } from "../../core/site/comparison";
import { type Change } from "../../core/model/change";
import { describeSite, linkChange, type PreviewSite } from "./change-links";
import { type Block, cell, code, commentLimit, fenced, folded, joinWithin, whole } from "./markdown-text";
import { countThings, renderNewService, withoutNewDocuments } from "./markdown-new";
import type { NewService } from "./new-services";
import type { ProjectPreview } from "./preview-project";
import type { StackPreview } from "./preview-stack";

/** By this line the comment of a pull request is found again, and edited. */
export const marker = "<!-- dark-tower-observability preview -->";

/** Longer texts are shown whole in the folded part only. */
const longestInTable = 100;
const mostRows = 60;
const mostNames = 20;

const verbs = { replaced: "**replace**", deleted: "delete", created: "create", updated: "update" };

/**
 * The preview as a comment on a pull request: what changes by meaning, told once for all stacks in which it does, then the
 * details, folded. At most {@link commentLimit} characters; preview.json has everything.
 */
export function renderPreview(
  { base, head, stacks, removedStacks }: Omit<ProjectPreview, "baseSite">,
  site?: PreviewSite,
): string {
  const changes = changesByStacks(stacks);
  const link = linksOf(stacks, site);
  const fresh = stacks.flatMap(({ newServices = [] }) => newServices);
  const blocks = [
    whole(`${marker}\n## ${summarize(stacks, changes)}\n\n${cell(head)}, compared with ${cell(base)}.`),
    ...(site && changes.length > 0 ? [whole(describeSite(site))] : []),
    ...removedStacks.map((name) =>
      whole(`**Stack ${name} has no file any more.** What it has deployed stays until \`pulumi destroy --stack ${name}\`.`),
    ),
    ...alike(stacks, ({ refusal }) => refusal).flatMap(([names, refusal]) => [whole(`### ${names}`), fenced("text", refusal)]),
    ...alike(stacks, ({ isSame }) => (isSame ? "same" : "")).map(([names]) =>
      whole(`${names}: no file has changed from which this is deployed.`),
    ),
    ...alike(stacks, ({ baseMissing }) => baseMissing).map(([names, missing]) => whole(`${names}: ${cell(missing)}`)),
    ...changes.flatMap(([names, made]) => renderShared(names, made, { fresh, link })),
    ...alike(stacks, concludeBacktest).map(([names, conclusion]) =>
      whole(`### On the data of the last days: ${names}\n\n${conclusion}`),
    ),
    ...alike(stacks, ({ backtest }) => (backtest && "details" in backtest ? backtest.details : "")).map(([names, details]) =>
      folded(`What the alerts would have done: ${names}`, fenced("text", details)),
    ),
    ...alike(stacks, renderResources).map(([names, resources]) => whole(`Resources of ${names}:\n${resources}`)),
    ...changes.flatMap(([names, made]) => renderTexts(names, made)),
    ...alike(stacks, ({ diff }) => withoutNewDocuments(diff, fresh)).map(([names, diff]) =>
      folded(`Documents: ${names}`, fenced("diff", diff)),
    ),
  ];
  return joinWithin(commentLimit, blocks, "_More is left out for want of room: it is in preview.json._");
}

function namesOf(stacks: readonly StackPreview[]): string {
  return stacks.map(({ stack }) => stack).join(", ");
}

type SharedChanges = readonly (readonly [names: string, changes: readonly Change[]])[];

/** What is said of stacks, with the names of those of which the same is said; nothing of those of which nothing is. */
function alike(
  stacks: readonly StackPreview[],
  say: (stack: StackPreview) => string,
): readonly (readonly [names: string, said: string])[] {
  return [...groupBy(stacks, say)].filter(([said]) => said !== "").map(([said, same]) => [namesOf(same), said]);
}

/** The changes with the stacks that they are made in, those of most stacks first. */
function changesByStacks(stacks: readonly StackPreview[]): SharedChanges {
  const made = stacks.flatMap((stack) => stack.changes.map((change) => ({ change, stack })));
  const same = [...groupBy(made, ({ change }) => JSON.stringify(change)).values()];
  return [...groupBy(same, (places) => namesOf(places.map(({ stack }) => stack)))]
    .map(([names, group]) => [names, group.flatMap(([first]) => (first ? [first.change] : []))] as const)
    .sort(([one], [other]) => other.split(", ").length - one.split(", ").length);
}

function summarize(stacks: readonly StackPreview[], shared: SharedChanges): string {
  const refused = stacks.filter(({ refusal }) => refusal !== "");
  if (refused.length > 0) return `Would not be deployed: ${namesOf(refused)}`;
  const changes = shared.flatMap(([, made]) => made);
  const added = [...new Set(changes.flatMap(({ newService }) => newService ?? []))].map(code).join(", ");
  const others = countThings(changes.filter(({ newService }) => newService === undefined));
  if (added !== "") return `Adds ${added}${others === "" ? "" : `, and changes ${others}`}`;
  if (changes.length > 0) return `Changes ${others}`;
  const isSame = stacks.every(({ resources }) => resources.every(({ kind }) => kind === "unchanged"));
  return isSame ? "Changes nothing that is deployed" : "Changes documents, but no alert, panel or runbook section";
}

type Link = (change: Change) => string;

/** The name of what changes, which leads to its pages. */
function linksOf(stacks: readonly StackPreview[], site: PreviewSite | undefined): Link {
  const all = stacks.flatMap(({ comparisons }) => comparisons);
  const byThing = new Map(all.map((comparison) => [comparisonElement(comparison), comparison]));
  return (change) => linkChange(code(change.name), byThing.get(comparisonElement(change)), site);
}

/** What is made in the same stacks: new services, each in a few lines, and what changes of the others. */
function renderShared(
  names: string,
  made: readonly Change[],
  { fresh, link }: { readonly fresh: readonly NewService[]; readonly link: Link },
): readonly Block[] {
  const others = made.filter(({ newService }) => newService === undefined);
  return [
    whole(`### ${names}`),
    ...[...groupBy(made, ({ newService }) => newService)].flatMap(([id, added]) => {
      const service = fresh.find((one) => one.id === id);
      return service ? [whole(renderNewService(service, added, link))] : [];
    }),
    ...(others.length === 0 ? [] : [renderChanges(others, link)]),
  ];
}

function renderChanges(changes: readonly Change[], link: Link): Block {
  const rows = [...groupBy(changes, (change) => `${change.kind} ${describe(change)}`).values()].map((alike) =>
    renderRow(alike, link),
  );
  const more = (left: number): string => `| | | … and ${left} more |`;
  const shown = rows.length <= mostRows ? rows : [...rows.slice(0, mostRows - 1), more(rows.length - mostRows + 1)];
  return { head: "| what | which | change |\n|---|---|---|", lines: shown, tail: "", more };
}

/** Things of one kind that change alike share a row. */
function renderRow(alike: readonly Change[], link: Link): string {
  const [first] = alike;
  const names = alike.slice(0, mostNames).map(link);
  const rest = alike.length > mostNames ? [`and ${alike.length - mostNames} more`] : [];
  return first ? `| ${first.kind} | ${[...names, ...rest].join("<br>")} | ${describe(first)} |` : "";
}

function describe({ action, what, before, after, note }: Change): string {
  const remark = note === undefined ? "" : `. ${cell(note)}`;
  if (action === "renamed") return `**renamed** from ${code(before ?? "")}${remark}`;
  const only = before ?? after;
  if (action !== "changed") return `**${action}**${only === undefined ? "" : `: ${cell(only)}`}${remark}`;
  if (before === undefined || after === undefined) return `${what ?? ""} changed${remark}`;
  if (isLong({ before, after })) return `${what ?? ""} changed, see below${remark}`;
  return `${what ?? ""}: ${cell(before)} → **${cell(after)}**${remark}`;
}

function isLong({ before = "", after = "" }: Pick<Change, "before" | "after">): boolean {
  return Math.max(before.length, after.length) > longestInTable || `${before}${after}`.includes("\n");
}

const mostConclusions = 20;

/** What the change would have done to those who are paged. Empty where no server was given. */
function concludeBacktest({ backtest }: StackPreview): string {
  if (!backtest) return "";
  const said = "cannotTell" in backtest ? [backtest.cannotTell] : backtest.conclusion;
  const rest = said.length > mostConclusions ? [`- … and ${said.length - mostConclusions} more`] : [];
  return [...said.slice(0, mostConclusions).map((line) => `- ${cell(line)}`), ...rest].join("\n");
}

/** What the engine does, most dangerous first. Nothing where nothing would be deployed. */
function renderResources({ resources }: StackPreview): string {
  if (resources.length === 0) return "";
  const lines = (["replaced", "deleted", "created", "updated"] as const).flatMap((kind) => {
    const names = resources
      .filter((resource) => resource.kind === kind)
      .map(({ type, name }) => code(`${type} ${name}`))
      .sort();
    const rest = names.length > mostNames ? `, and ${names.length - mostNames} more` : "";
    return names.length === 0 ? [] : [`- ${verbs[kind]} ${names.slice(0, mostNames).join(", ")}${rest}`];
  });
  return [...lines, `- unchanged: ${resources.filter(({ kind }) => kind === "unchanged").length}`].join("\n");
}

/** Long texts before and after, for those who want to see all of it. */
function renderTexts(names: string, changes: readonly Change[]): readonly Block[] {
  const texts = changes
    .filter((change) => change.action === "changed" && isLong(change))
    .flatMap(({ kind, name, what, before = "", after = "" }) => [
      `@@ ${kind} ${name}: ${what ?? ""} @@`,
      ...before.split("\n").map((line) => `-${line}`),
      ...after.split("\n").map((line) => `+${line}`),
    ]);
  return texts.length === 0 ? [] : [folded(`Queries and texts: ${names}`, fenced("diff", texts.join("\n")))];
}
