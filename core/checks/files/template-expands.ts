import { below } from "../../model/files/place";
import { didYouMean } from "../../model/suggestion";
import { problem, type Check } from "../check";

/** The functions of Prometheus' templates and those of Go's (https://prometheus.io/docs/prometheus/latest/configuration/template_reference/). */
const functions =
  "and call html index slice js len not or print printf println urlquery eq ne lt le gt ge query first label value strvalue sortByLabel humanize humanize1024 humanizeDuration humanizePercentage humanizeTimestamp toTime toDuration now title toUpper toLower stripPort stripDomain match reReplaceAll graphLink tableLink parseDuration pathPrefix externalURL safeHtml args tmpl join".split(
    " ",
  );
const keywords = "if else end range with template define block break continue nil true false".split(" ");
const variables = ["labels", "value", "externalLabels", "externalURL"];

/** A template that does not expand is printed as an error, in the middle of the page. */
export const templateExpands: Check = {
  id: "template-expands",
  description: "Templates in annotations and labels are closed, and use the functions and variables that Prometheus has.",
  severity: "error",
  run: ({ files }) =>
    (files?.rules ?? []).flatMap(({ kind, annotations, labels, subject }) =>
      kind === "record"
        ? []
        : Object.entries({ annotations, labels }).flatMap(([key, texts]) =>
            Object.entries(texts).flatMap(([name, text]) =>
              faultsOf(text).map((message) =>
                problem({ ...subject, ...(subject.at && { at: below(subject.at, key, name) }) }, `\`${name}\` ${message}`),
              ),
            ),
          ),
    ),
};

function faultsOf(text: string): readonly string[] {
  if (!text.includes("{{")) return [];
  const actions = [...text.matchAll(/\{\{-?\s*((?:"(?:\\.|[^"\\])*"|`[^`]*`|[^"`])*?)\s*-?\}\}/g)].map(
    ([, action = ""]) => action,
  );
  const opened = text.match(/\{\{/g)?.length ?? 0;
  if (opened > actions.length) return ['has "{{" without "}}".'];
  const declared = actions.flatMap((action) =>
    [...action.matchAll(/\$(\w+)(?:\s*,\s*\$(\w+))?\s*:?=/g)].flatMap(([, a, b]) => [a ?? "", b ?? ""]),
  );
  return [...actions.flatMap((action) => namesIn(action, declared)), ...unbalanced(actions)];
}

function namesIn(action: string, declared: readonly string[]): readonly string[] {
  if (action.startsWith("/*")) return [];
  const code = action.replace(/"(?:\\.|[^"\\])*"|`[^`]*`/g, '""');
  const unknown = [...code.matchAll(/\$(\w+)/g)]
    .map(([, name = ""]) => name)
    .filter((name) => ![...variables, ...declared].includes(name));
  const words = [...code.matchAll(/(?<![\w.$])([A-Za-z_]\w*)/g)]
    .map(([, word = ""]) => word)
    .filter((word) => ![...functions, ...keywords].includes(word));
  return [
    ...unknown.map(
      (name) =>
        `uses "$${name}", which Prometheus does not have. It has $labels, $value, $externalLabels and $externalURL.${didYouMean(
          `$${name}`,
          variables.map((known) => `$${known}`),
        )}`,
    ),
    ...words.map((word) => `uses "${word}", which is no function of Prometheus' templates.${didYouMean(word, functions)}`),
  ];
}

function unbalanced(actions: readonly string[]): readonly string[] {
  let depth = 0;
  for (const action of actions) {
    if (/^(if|range|with|define|block)\b/.test(action)) depth++;
    if (/^end\b/.test(action)) depth--;
    if (depth < 0) return ['has an "end" that ends nothing.'];
  }
  return depth > 0 ? ['lacks an "end".'] : [];
}
