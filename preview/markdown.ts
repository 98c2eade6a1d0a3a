import type { ChangeKind as Operation, ResourceChange } from "../local/engine-events";
import { groupBy } from "../model/group-by";
import { type Change, changeKinds } from "./change";
import { type Block, cell, code, commentLimit, fenced, folded, joinWithin, whole } from "./markdown-text";
import type { ProjectPreview } from "./preview-project";
import type { StackPreview } from "./preview-stack";

/** By this line the comment of a pull request is found again, and edited. */
export const marker = "<!-- dark-tower-observability preview -->";

/** Longer texts are shown whole in the folded part only. */
const longestInTable = 100;
const mostRows = 60;
const mostNames = 20;

const verbs: Readonly<Record<Operation, string>> = {
  replaced: "**replace**",
  deleted: "delete",
  created: "create",
  updated: "update",
  unchanged: "unchanged",
};

/**
 * The preview as a comment on a pull request: what changes by meaning, stacks that change alike together, then the
 * details, folded. At most {@link commentLimit} characters; preview.json has everything.
 */
export function renderPreview({ base, head, stacks, removedStacks }: ProjectPreview): string {
  const alike = [...groupBy(stacks, meaningOf).values()];
  const blocks = [
    whole(`${marker}\n## ${summarize(stacks)}\n\n${cell(head)}, compared with ${cell(base)}.`),
    ...removedStacks.map((name) =>
      whole(`**Stack ${name} has no file any more.** What it has deployed stays until \`pulumi destroy --stack ${name}\`.`),
    ),
    ...alike.flatMap(renderGroup),
    ...alike.flatMap(renderDetails),
  ];
  return joinWithin(commentLimit, blocks, "_More is left out for want of room: it is in preview.json._");
}

function meaningOf({ baseMissing, refusal, changes, resources }: StackPreview): string {
  return JSON.stringify([baseMissing, refusal, changes, renderResources(resources)]);
}

function namesOf(stacks: readonly StackPreview[]): string {
  return stacks.map(({ stack }) => stack).join(", ");
}

function summarize(stacks: readonly StackPreview[]): string {
  const refused = stacks.filter(({ refusal }) => refusal !== "");
  if (refused.length > 0) return `Would not be deployed: ${namesOf(refused)}`;
  const changes = [
    ...new Map(stacks.flatMap((stack) => stack.changes.map((change) => [JSON.stringify(change), change]))).values(),
  ];
  if (changes.length > 0) return `Changes ${countThings(changes)}`;
  const isSame = stacks.every(({ resources }) => resources.every(({ kind }) => kind === "unchanged"));
  return isSame ? "Changes nothing that is deployed" : "Changes documents, but no alert, panel or runbook section";
}

/** "2 alerts, 1 panel": a thing that changes in two ways counts once. */
function countThings(changes: readonly Change[]): string {
  return changeKinds
    .map((kind) => [kind, new Set(changes.filter((change) => change.kind === kind).map(({ name }) => name)).size] as const)
    .filter(([, number]) => number > 0)
    .map(([kind, number]) => `${number} ${kind}${number === 1 ? "" : "s"}`)
    .join(", ");
}

/** What stacks change that change alike: the part that everybody reads. */
function renderGroup(stacks: readonly StackPreview[]): readonly Block[] {
  const [first] = stacks;
  if (!first) return [];
  const { baseMissing, refusal, changes, resources } = first;
  const title = `### ${namesOf(stacks)}${baseMissing === "" ? "" : `\n\n${cell(baseMissing)}`}`;
  if (refusal !== "") return [whole(title), fenced("text", refusal)];
  return [whole(title), ...renderChanges(changes), whole(renderResources(resources))];
}

function renderChanges(changes: readonly Change[]): readonly Block[] {
  if (changes.length === 0) return [];
  const rows = [...groupBy(changes, (change) => `${change.kind} ${describe(change)}`).values()].map(renderRow);
  const more = (left: number): string => `| | | … and ${left} more |`;
  const shown = rows.length <= mostRows ? rows : [...rows.slice(0, mostRows - 1), more(rows.length - mostRows + 1)];
  return [{ head: "| | of | changes |\n|---|---|---|", lines: shown, tail: "", more }];
}

/** Things of one kind that change alike share a row. */
function renderRow(alike: readonly Change[]): string {
  const [first] = alike;
  const names = alike.slice(0, mostNames).map(({ name }) => code(name));
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

/** What the engine does, most dangerous first. */
function renderResources(resources: readonly ResourceChange[]): string {
  const lines = (["replaced", "deleted", "created", "updated"] as const).flatMap((kind) => {
    const names = resources
      .filter((resource) => resource.kind === kind)
      .map(({ type, name }) => code(`${type} ${name}`))
      .sort();
    return names.length === 0
      ? []
      : [
          `- ${verbs[kind]} ${names.slice(0, mostNames).join(", ")}${names.length > mostNames ? `, and ${names.length - mostNames} more` : ""}`,
        ];
  });
  const unchanged = resources.filter(({ kind }) => kind === "unchanged").length;
  return ["Resources:", ...lines, `- ${verbs.unchanged}: ${unchanged}`].join("\n");
}

/** Long texts before and after, then the documents: for those who want to see all of it. */
function renderDetails(stacks: readonly StackPreview[]): readonly Block[] {
  const [first] = stacks;
  if (!first) return [];
  const texts = first.changes
    .filter((change) => change.action === "changed" && isLong(change))
    .flatMap(({ kind, name, what, before = "", after = "" }) => [
      `@@ ${kind} ${name}: ${what ?? ""} @@`,
      ...before.split("\n").map((line) => `-${line}`),
      ...after.split("\n").map((line) => `+${line}`),
    ]);
  return [
    ...(texts.length === 0 ? [] : [folded(`Queries and texts: ${namesOf(stacks)}`, fenced("diff", texts.join("\n")))]),
    ...(first.diff === "" ? [] : [folded(`Documents: ${first.stack}`, fenced("diff", first.diff))]),
  ];
}
