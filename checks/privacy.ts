import { printedLabels } from "../model/alert";
import type { Model } from "../model/model";
import { panelsOf } from "../model/panel";
import { privacyObjection, singlesOut } from "../model/privacy";
import { parsePromql, walk, type Expr } from "../model/promql-syntax";
import { queriesIn } from "../model/queries";
import { runbookSubject } from "../model/section-content";
import { subjectIn } from "../model/service";
import { problem, type Check, type Problem } from "./check";

/** Nothing that is deployed can single out a person, a meeting or a session (ADR-0011). */
export const privacy: Check = {
  id: "privacy",
  description:
    "No label, matcher, grouping, legend, annotation or runbook command names a person, a meeting, a session or a credential.",
  severity: "error",
  run: (model) => [...inCatalogs(model), ...inQueries(model), ...inTexts(model), ...inCommands(model)],
};

const remedy = "ADR-0011 allows aggregates only. Look at one meeting through structured logs.";

function inCatalogs(model: Model): readonly Problem[] {
  return model.services.flatMap((service) =>
    Object.values(service.metrics).flatMap((metric) =>
      objections(Object.keys(metric.labels)).map(([label, why]) =>
        problem(subjectIn(service, "metrics", metric), `declares the label "${label}", which ${why}. ${remedy}`),
      ),
    ),
  );
}

function inQueries(model: Model): readonly Problem[] {
  return queriesIn(model).flatMap(({ expr, kind, subject }) => {
    const tree = parsePromql(expr);
    const labels = tree ? [...walk(tree)].flatMap(labelsIn) : [];
    return objections(labels).map(([label, why]) =>
      problem(subject, `the ${kind} uses the label "${label}", which ${why}. ${remedy}`),
    );
  });
}

/** Annotations and legends: `{{ $labels.email }}`, `{{meeting_id}}`. */
function inTexts(model: Model): readonly Problem[] {
  return model.services.flatMap((service) => [
    ...service.alerts.flatMap((alert) =>
      objections(printedLabels(alert)).map(([label, why]) =>
        problem(subjectIn(service, "alerts", alert), `an annotation prints the label "${label}", which ${why}. ${remedy}`),
      ),
    ),
    ...service.dashboards.flatMap((dashboard) =>
      panelsOf(dashboard).flatMap((panel) =>
        objections(Object.values<{ legend: string }>(panel.queries).flatMap(({ legend }) => legendLabels(legend))).map(
          ([label, why]) =>
            problem(
              subjectIn(service, "dashboards", { name: `${dashboard.uid}/${panel.id}`, accepts: panel.accepts }),
              `a legend prints the label "${label}", which ${why}. ${remedy}`,
            ),
        ),
      ),
    ),
  ]);
}

/** Columns of SQL, and labels of queries that a shell command asks: words such as `meeting_id`, however they are used. */
function inCommands(model: Model): readonly Problem[] {
  return model.runbooks.flatMap((document) =>
    document.fences
      .filter(({ language }) => language === "sql" || language === "bash")
      .flatMap(({ language, code, line }) =>
        code.split("\n").flatMap((text, offset) => {
          const words = [...text.matchAll(/[a-z0-9]+(?:_[a-z0-9]+)+/g)].map(([word]) => word);
          return objections(words)
            .filter(([, why]) => why === singlesOut)
            .map(([word, why]) =>
              problem(
                runbookSubject(document, line + 1 + offset),
                `the ${language} command uses "${word}", which ${why}. ${remedy}`,
              ),
            );
        }),
      ),
  );
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

function legendLabels(legend: string): readonly string[] {
  return [...legend.matchAll(/\{\{\s*([^{}]+?)\s*\}\}/g)].map(([, label]) => String(label));
}

function objections(labels: readonly string[]): readonly (readonly [string, string])[] {
  return [...new Set(labels)].flatMap((label) => {
    const why = privacyObjection(label);
    return why === undefined ? [] : [[label, why] as const];
  });
}
