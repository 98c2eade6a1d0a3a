import { templatesOf } from "../model/alert";
import { indexOf, type Model } from "../model/model";
import { forbids, namesInCommand } from "../model/names-in-command";
import { labelsInQuery, variablesInMatchers } from "../model/names-in-query";
import { namesInAddress, namesInAddresses, namesInPanelText, namesInTemplate } from "../model/names-in-text";
import { panelsOf, type Dashboard, type DashboardVariable, type Panel } from "../model/panel";
import { objections, privacyObjection, remedy, singlesOut } from "../model/privacy";
import type { Expr } from "../model/promql-syntax";
import { runbookSubject } from "../model/section-content";
import { subjectIn } from "../model/service";
import { problem, type Check, type Problem } from "./check";
import { privacyInFiles } from "./files/privacy-in-files";
import { inEachQuery } from "./in-each-query";

/** Nothing that is deployed can single out a person, a meeting or a session (privacy by default). */
export const privacyIsKept: Check = {
  id: "privacy-is-kept",
  description:
    "No label, matcher, grouping, variable, legend, annotation or runbook command names a person, a meeting, a session or a credential.",
  severity: "error",
  run: (model) => [
    ...privacyInFiles(model),
    ...inCatalogs(model),
    ...inEachQuery(model, inQueries, ["alert", "panel", "annotation query", "recording rule", "runbook command"]), // templates are read as texts
    ...inAlerts(model),
    ...inDashboards(model),
    ...inCommands(model),
  ],
};

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
  return [
    ...objections(labelsInQuery(tree)).map(([label, why]) => `uses the label "${label}", which ${why}. ${remedy}`),
    ...objections(variablesInMatchers(tree)).map(
      ([variable, why]) => `matches on the variable "${variable}", which ${why}. ${remedy}`,
    ),
  ];
}

/** An alert's own labels, and what its texts print: `{{ $labels.email }}`, `{{ index .Labels "email" }}`. */
function inAlerts(model: Model): readonly Problem[] {
  return model.services.flatMap((service) => [
    ...service.recordingRules.flatMap((rule) =>
      objections(Object.keys(rule.labels ?? {})).map(([label, why]) =>
        problem(subjectIn(service, "recording-rules", rule), `sets the label "${label}", which ${why}. ${remedy}`),
      ),
    ),
    ...service.alerts.flatMap((alert) => [
      ...objections(Object.keys(alert.labels ?? {})).map(([label, why]) =>
        problem(subjectIn(service, "alerts", alert), `sets the label "${label}", which ${why}. ${remedy}`),
      ),
      ...objections(templatesOf(alert).flatMap((text) => [...namesInTemplate(text), ...namesInAddresses(text)])).map(
        ([label, why]) =>
          problem(subjectIn(service, "alerts", alert), `an annotation prints the label "${label}", which ${why}. ${remedy}`),
      ),
    ]),
  ]);
}

function inDashboards(model: Model): readonly Problem[] {
  return model.services.flatMap((service) =>
    service.dashboards.flatMap((dashboard) => [
      ...objections((dashboard.variables ?? []).flatMap(namesOfVariable)).map(([variable, why]) =>
        problem(
          subjectIn(service, "dashboards", { name: dashboard.uid }),
          `has the variable "${variable}", which ${why}. ${remedy}`,
        ),
      ),
      ...panelsOf(dashboard).flatMap((panel) => {
        const subject = subjectIn(service, "dashboards", nameOf(dashboard, panel));
        const told = (texts: readonly string[], what: string): readonly Problem[] =>
          objections(texts.flatMap(namesInPanelText)).map(([name, why]) =>
            problem(subject, `${what} prints the label "${name}", which ${why}. ${remedy}`),
          );
        const legends = Object.values<{ legend: string }>(panel.queries).map(({ legend }) => legend);
        return [...told(legends, "a legend"), ...told([panel.title, panel.description], "a text")];
      }),
    ]),
  );
}

function nameOf(dashboard: Dashboard, panel: Panel): Parameters<typeof subjectIn>[2] {
  return { name: `${dashboard.uid}/${panel.id}`, accepts: panel.accepts };
}

/** Its own, and the labels of which it takes its values. */
function namesOfVariable(variable: DashboardVariable): readonly string[] {
  if ("valuesOf" in variable) return [variable.name, variable.valuesOf.label];
  return [variable.name, ...("query" in variable ? namesInCommand(variable.query, { language: "promql" }) : [])];
}

function isPersonal(word: string): boolean {
  return privacyObjection(word) === singlesOut;
}

/** Columns of SQL, fields of JSON, labels of queries that a command asks, in whatever block, inline code or address they stand. */
function inCommands(model: Model): readonly Problem[] {
  const { series } = indexOf(model);
  const personal = (names: readonly string[]): readonly string[] =>
    objections(names).flatMap(([name, why]) => (why === singlesOut && !series.has(name) ? [name] : []));
  return model.runbooks.flatMap((document) => {
    const lines = document.text.split("\n");
    const told = (what: string, names: readonly string[], line: number): readonly Problem[] =>
      personal(names).map((name) =>
        problem(runbookSubject(document, line), `the ${what} uses "${name}", which ${singlesOut}. ${remedy}`),
      );
    return [
      ...document.fences
        .filter(({ language }) => language !== "promql") // its queries are read above
        .flatMap(({ language, code, line }) =>
          code
            .split("\n")
            .flatMap((text, offset) =>
              told(
                `${language === "" ? "" : `${language} `}command`,
                namesInCommand(text, { language, whole: code, wanted: isPersonal }),
                line + 1 + offset,
              ),
            ),
        ),
      ...document.codeSpans.flatMap(({ text, line }) => {
        const names = namesInCommand(text, { wanted: isPersonal });
        if (names.length === 0) return [];
        const [before = "", ...after] = (lines[line - 1] ?? "").split(`\`${text}\``);
        return forbids(before, after.join("")) ? [] : told("inline code", names, line);
      }),
      // Most of what shows Markdown makes links of addresses in sentences.
      ...lines.flatMap((text, index) =>
        !text.includes("://") || document.fences.some(({ line, lastLine }) => index >= line - 1 && index < lastLine)
          ? []
          : told("link", namesInAddresses(text.replace(/`[^`]*`/g, "")), index + 1),
      ),
      ...document.links.flatMap(({ text, line }) => told("link", namesInAddress(text), line)),
    ];
  });
}
