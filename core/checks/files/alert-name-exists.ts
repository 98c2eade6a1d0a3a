import { distance } from "fastest-levenshtein";
import type { Subject } from "../../model/finding";
import { matchesSome } from "../../model/files/catalog";
import type { LoadedFiles } from "../../model/files/loaded";
import { below } from "../../model/files/place";
import type { Model } from "../../model/model";
import { parsePromql, walk } from "../../model/promql-syntax";
import { queriesIn } from "../../model/queries";
import { runbookSubject } from "../../model/section-content";
import { nearestName } from "../../model/suggestion";
import { problem, type Check, type Problem } from "../check";

/** An alert that a text, a query or a route names, and which nobody has. */
export const alertNameExists: Check = {
  id: "alert-name-exists",
  description: "Alerts that routes, inhibitions, queries on ALERTS, annotations and documents name are there.",
  severity: "error",
  run: (model) => {
    const { files } = model;
    const names = new Set((files?.rules ?? []).filter(({ kind }) => kind === "alert").map(({ name }) => name));
    if (!files || names.size === 0) return [];
    const isKnown = (name: string): boolean => names.has(name) || matchesSome(name, files.elsewhere.alerts);
    const named = [...files.cluster.namedAlerts, ...inQueries(model)]
      .filter(({ name }) => !isKnown(name))
      .flatMap((each) => unknown(each, names));
    return [
      ...named,
      ...inTexts(model, files)
        .filter(({ name }) => !isKnown(name))
        .flatMap((each) => misspelt(each, names)),
    ];
  },
};

interface Named {
  readonly name: string;
  readonly subject: Subject;
}

function inQueries(model: Model): readonly Named[] {
  return queriesIn(model).flatMap(({ expr, subject }) => {
    const tree = expr.includes("alertname") ? parsePromql(expr) : undefined;
    return [...(tree ? walk(tree) : [])].flatMap((node) =>
      node.type === "selector" && node.metric.startsWith("ALERTS")
        ? node.matchers
            .filter(({ label, op }) => label === "alertname" && (op === "=" || op === "=~"))
            .flatMap(({ value }) =>
              value
                .split("|")
                .filter((name) => /^\w+$/.test(name))
                .map((name) => ({ name, subject })),
            )
        : [],
    );
  });
}

/** Of texts, only what is written as the name of an alert: in backticks, or behind "alert". */
function inTexts(model: Model, files: LoadedFiles): readonly Named[] {
  const camel = /^[A-Z][A-Za-z0-9]*[a-z][A-Za-z0-9]*[A-Z][A-Za-z0-9]*$|^[A-Z]{2,}[A-Z]?[a-z][A-Za-z0-9]+$/;
  return [
    ...model.runbooks.flatMap((document) =>
      document.codeSpans
        .filter(({ text }) => camel.test(text))
        .map(({ text, line }) => ({ name: text, subject: runbookSubject(document, line) })),
    ),
    ...files.rules.flatMap(({ annotations, subject }) =>
      Object.entries(annotations).flatMap(([key, text]) =>
        [...text.matchAll(/`([A-Z]\w+)`|\balert ([A-Z]\w*[a-z]\w*[A-Z]\w*)/g)]
          .map(([, quoted, plain]) => ({
            name: quoted ?? plain ?? "",
            subject: { ...subject, ...(subject.at && { at: below(subject.at, "annotations", key) }) },
          }))
          .filter(({ name }) => camel.test(name)),
      ),
    ),
  ];
}

function unknown({ name, subject }: Named, names: ReadonlySet<string>): readonly Problem[] {
  const nearest = nearestName(name, names);
  // One that begins or ends as another does may be told by somebody else: `EtcdDown`, on which `EtcdDownPages` is made.
  const isSlip = nearest !== undefined && (distance(name, nearest) <= 2 || name.toLowerCase() === nearest.toLowerCase());
  const advice = isSlip ? `Did you mean "${nearest}"?` : "If it is kept elsewhere, name it under `elsewhere.alerts`.";
  return [
    { ...problem(subject, `names the alert "${name}", which no rule has. ${advice}`), severity: isSlip ? "error" : "warning" },
  ];
}

/** A word of a text may be anything: only one that is nearly an alert's name is taken for one. */
function misspelt({ name, subject }: Named, names: ReadonlySet<string>): readonly Problem[] {
  const nearest = nearestName(name, names);
  if (nearest === undefined || !isSlip(name, nearest)) return [];
  return [{ ...problem(subject, `names "${name}", which no rule has. Did you mean "${nearest}"?`), severity: "warning" }];
}

function isSlip(name: string, nearest: string): boolean {
  // A word without the beginning of an alert's name is another word: NotReady is no MCNotReady.
  if (name.slice(0, 2) !== nearest.slice(0, 2)) return false;
  const common = commonStart(name, nearest) + commonEnd(name, nearest);
  return common >= 0.75 * Math.max(name.length, nearest.length);
}

function commonStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length++;
  return length;
}

function commonEnd(a: string, b: string): number {
  const reversed = (text: string): string => Array.from(text).reverse().join("");
  const most = Math.min(a.length, b.length) - commonStart(a, b);
  return Math.min(most, commonStart(reversed(a), reversed(b)));
}
