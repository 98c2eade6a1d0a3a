import type { Alert } from "../model/alert";
import type { Subject } from "../model/finding";
import { below } from "../model/files/place";
import { indexOf, type Model } from "../model/model";
import { namesInCommand, namesInTemplate, variablesIn } from "../model/names-in-text";
import { panelsOf, type Dashboard, type Panel } from "../model/panel";
import { privacyObjection, singlesOut } from "../model/privacy";
import { walk, type Expr } from "../model/promql-syntax";
import { runbookSubject } from "../model/section-content";
import { subjectIn } from "../model/service";
import { problem, type Check, type Problem } from "./check";
import { inEachQuery } from "./in-each-query";

/** Nothing that is deployed can single out a person, a meeting or a session (privacy by default). */
export const privacyIsKept: Check = {
  id: "privacy-is-kept",
  description:
    "No label, matcher, grouping, variable, legend, annotation or runbook command names a person, a meeting, a session or a credential.",
  severity: "error",
  run: (model) => [
    ...inFiles(model),
    ...inCatalogs(model),
    ...inEachQuery(model, inQueries),
    ...inAlerts(model),
    ...inDashboards(model),
    ...inCommands(model),
  ],
};

/** Rules and dashboards of files, beside their queries. */
function inFiles({ files }: Model): readonly Problem[] {
  const { rules, dashboards } = files ?? { rules: [], dashboards: [] };
  return [
    ...rules.flatMap(({ labels, annotations, subject }) => [
      ...objections(Object.keys(labels)).map(([label, why]) =>
        problem(within(subject, "labels", label), `sets the label "${label}", which ${why}. ${remedy}`),
      ),
      ...Object.entries({ annotations, labels }).flatMap(([key, texts]) =>
        Object.entries(texts).flatMap(([name, text]) =>
          objections(namesInTemplate(text)).map(([label, why]) =>
            problem(within(subject, key, name), `an annotation prints the label "${label}", which ${why}. ${remedy}`),
          ),
        ),
      ),
    ]),
    ...dashboards.flatMap(({ variables, panels }) => [
      ...variables.flatMap((variable) =>
        objections([variable.name]).map(([name, why]) =>
          problem(variable.subject, `has the variable "${name}", which ${why}. ${remedy}`),
        ),
      ),
      ...panels.flatMap((panel) =>
        objections(panel.targets.flatMap(({ legend }) => namesInTemplate(legend))).map(([name, why]) =>
          problem(panel.subject, `a legend prints the label "${name}", which ${why}. ${remedy}`),
        ),
      ),
    ]),
  ];
}

function within(subject: Subject, ...keys: readonly string[]): Subject {
  return { ...subject, ...(subject.at && { at: below(subject.at, ...keys) }) };
}

const remedy = "Keep aggregates only; look at a single one through structured logs.";

function inCatalogs(model: Model): readonly Problem[] {
  return model.services.flatMap((service) =>
    Object.values(service.metrics).flatMap((metric) =>
      objections(Object.keys(metric.labels)).map(([label, why]) =>
        problem(subjectIn(service, "metrics", metric), `declares the label "${label}", which ${why}. ${remedy}`),
      ),
    ),
  );
}

function inQueries(tree: Expr): readonly string[] {
  const nodes = walk(tree);
  return [
    ...objections(nodes.flatMap(labelsIn)).map(([label, why]) => `uses the label "${label}", which ${why}. ${remedy}`),
    ...objections(nodes.flatMap(matchedVariables)).map(
      ([variable, why]) => `matches on the variable "${variable}", which ${why}. ${remedy}`,
    ),
  ];
}

/** An alert's own labels, and what its texts print: `{{ $labels.email }}`, `{{ index .Labels "email" }}`. */
function inAlerts(model: Model): readonly Problem[] {
  return model.services.flatMap((service) =>
    service.alerts.flatMap((alert) => [
      ...objections(Object.keys(alert.labels ?? {})).map(([label, why]) =>
        problem(subjectIn(service, "alerts", alert), `sets the label "${label}", which ${why}. ${remedy}`),
      ),
      ...objections(textsOf(alert).flatMap(namesInTemplate)).map(([label, why]) =>
        problem(subjectIn(service, "alerts", alert), `an annotation prints the label "${label}", which ${why}. ${remedy}`),
      ),
    ]),
  );
}

function textsOf({ summary, impact, when, labels = {} }: Alert): readonly string[] {
  return [summary, impact, ...("expression" in when ? [when.trigger] : []), ...Object.values(labels)];
}

function inDashboards(model: Model): readonly Problem[] {
  return model.services.flatMap((service) =>
    service.dashboards.flatMap((dashboard) => [
      ...objections((dashboard.variables ?? []).map(({ name }) => name)).map(([variable, why]) =>
        problem(
          subjectIn(service, "dashboards", { name: dashboard.uid }),
          `has the variable "${variable}", which ${why}. ${remedy}`,
        ),
      ),
      ...panelsOf(dashboard).flatMap((panel) =>
        objections(panelNames(panel)).map(([name, why]) =>
          problem(
            subjectIn(service, "dashboards", nameOf(dashboard, panel)),
            `a legend prints the label "${name}", which ${why}. ${remedy}`,
          ),
        ),
      ),
    ]),
  );
}

function nameOf(dashboard: Dashboard, panel: Panel): Parameters<typeof subjectIn>[2] {
  return { name: `${dashboard.uid}/${panel.id}`, accepts: panel.accepts };
}

function panelNames(panel: Panel): readonly string[] {
  return Object.values<{ legend: string }>(panel.queries).flatMap(({ legend }) => namesInTemplate(legend));
}

/** Columns of SQL, fields of JSON, labels of queries that a shell command asks, in whatever block or inline code they stand. */
function inCommands(model: Model): readonly Problem[] {
  const { series } = indexOf(model);
  const inText = (text: string): readonly string[] =>
    objections(namesInCommand(text)).flatMap(([name, why]) => (why === singlesOut && !series.has(name) ? [name] : []));
  return model.runbooks.flatMap((document) => [
    ...document.fences
      .filter(({ language }) => language !== "promql") // its queries are read above
      .flatMap(({ language, code, line }) =>
        code
          .split("\n")
          .flatMap((text, offset) =>
            inText(text).map((name) =>
              problem(
                runbookSubject(document, line + 1 + offset),
                `the ${language === "" ? "" : `${language} `}command uses "${name}", which ${singlesOut}. ${remedy}`,
              ),
            ),
          ),
      ),
    ...document.codeSpans.flatMap(({ text, line }) =>
      inText(text).map((name) =>
        problem(runbookSubject(document, line), `the inline code uses "${name}", which ${singlesOut}. ${remedy}`),
      ),
    ),
  ]);
}

function labelsIn(node: Expr): readonly string[] {
  if (node.type === "selector") return node.matchers.map(({ label }) => label);
  if (node.type === "aggregation") return [...node.labels, ...(node.op === "count_values" ? strings(node.args.slice(0, 1)) : [])];
  if (node.type === "binary") return [...(node.matching?.labels ?? []), ...(node.group?.include ?? [])];
  if (node.type !== "call" || !node.fn.startsWith("label_")) return [];
  const [, target, , ...sources] = node.args;
  return strings([...(target ? [target] : []), ...(node.fn === "label_join" ? sources : sources.slice(0, 1))]);
}

function strings(args: readonly Expr[]): readonly string[] {
  return args.flatMap((arg) => (arg.type === "literal" ? [arg.text.slice(1, -1)] : []));
}

function matchedVariables(node: Expr): readonly string[] {
  return node.type === "selector" ? node.matchers.flatMap(({ value }) => variablesIn(value)) : [];
}

function objections(labels: readonly string[]): readonly (readonly [string, string])[] {
  return [...new Set(labels)].flatMap((label) => {
    const why = privacyObjection(label);
    return why === undefined ? [] : [[label, why] as const];
  });
}
