import { toFill } from "../../model/to-fill";
import { alertCode } from "./alerts";
import { dashboardCode } from "./dashboards";
import type { FoundService } from "./found-service";
import { metricsCode, type Decision } from "./metrics";
import { splitRecord, type Code, type Entry } from "./split-record";
import { camelCase, Names } from "./names";
import { queryCode } from "./query-code";
import { Imports, inline, object, record, text, type Program } from "./source";
import { workloadCode } from "./workload";

/** The TypeScript files of a service, by their paths from the program's root. */
export function serviceFiles(found: FoundService, program: Program, decisions: Decision[]): Readonly<Record<string, string>> {
  const declared = declaredRecordings(found);
  const panels = splitRecord("panels", "What is drawn.", panelEntries(found));
  const alerts = splitRecord("alerts", "What pages or warns.", alertEntries(found, decisions));
  const files: Readonly<Record<string, Code | undefined>> = {
    "metrics.ts": found.catalog.length === 0 ? undefined : (imports) => metricsCode(found.catalog, imports),
    "recording-rules.ts": declared.length === 0 ? undefined : (imports) => recordingsCode(found, imports),
    ...panels.files,
    "dashboards.ts": found.dashboards.length === 0 ? undefined : dashboardsCode(found, panels.code, decisions),
    ...alerts.files,
    "alerts.ts": found.alerts.length === 0 ? undefined : alerts.code,
    "index.ts": (imports) => indexCode(found, imports),
  };
  return Object.fromEntries(
    Object.entries(files).flatMap(([name, code]) => {
      if (!code) return [];
      const imports = new Imports(program);
      const body = code(imports);
      const lines = imports.code();
      return [[`services/${found.id}/${name}`, lines === "" ? body : `${lines}\n${body}`]];
    }),
  );
}

/** What a measure records it brings along itself. */
function declaredRecordings({ recordings, dashboards }: FoundService): FoundService["recordings"] {
  const brought = new Set(
    dashboards
      .flatMap(({ panels }) => panels.flatMap(({ panel }) => Object.values(panel.queries)))
      .flatMap(({ measure }) => measure?.recording?.name ?? []),
  );
  return recordings.filter(({ name }) => !brought.has(name));
}

function recordingsCode(found: FoundService, imports: Imports): string {
  const names = new Names();
  const entries = declaredRecordings(found).map(({ name, expr, labels }) => {
    const plain = Object.fromEntries(Object.entries(labels).map(([label, value]) => [label, text(value)]));
    const spec = object({
      query: queryCode(expr, found.references, imports),
      labels: Object.keys(plain).length === 0 ? undefined : inline(plain),
    });
    return [names.give(camelCase(name, "rule")), `${imports.use("recordingRule")}(${text(name)}, ${spec})`] as const;
  });
  return `/** What is computed once for many queries. */\nexport const recordingRules = ${record(entries)};\n`;
}

function panelEntries({ dashboards }: FoundService): readonly Entry[] {
  return dashboards.flatMap(({ panels }) => panels.map(({ row, key, code }) => ({ group: row, key, code })));
}

function alertEntries({ id, alerts, references }: FoundService, decisions: Decision[]): readonly Entry[] {
  return alerts.map((alert) => ({
    group: alert.rule.group.replace(new RegExp(`^${id}[-_. ]`, "i"), ""),
    key: alert.key,
    code: (imports) => alertCode(alert, { id, references, imports, decisions }),
  }));
}

function dashboardsCode({ dashboards, references }: FoundService, panels: Code, decisions: Decision[]): Code {
  return (imports) => {
    const codes = dashboards.map((each) => dashboardCode(each, { references, imports, decisions }));
    const listed = `/** What people look at when an alert fires. */\nexport const dashboards = [\n${codes.map((code) => `${code},\n`).join("")}];\n`;
    return [panels(imports), listed].join("\n");
  };
}

function indexCode(found: FoundService, imports: Imports): string {
  const { id, alertPrefix, workload, catalog, dashboards, alerts } = found;
  const use = (name: "metrics" | "dashboards" | "recordingRules" | "alerts", isThere: boolean): string | undefined =>
    isThere ? imports.use(name) : undefined;
  const usualPrefix = workload?.name ?? id.charAt(0).toUpperCase() + id.slice(1);
  const spec = object({
    title: text(toFill("its name in full")),
    metricPrefix: id.includes("-") ? text(`${id.replaceAll("-", "_")}_`) : undefined,
    alertPrefix: alertPrefix === usualPrefix ? undefined : text(alertPrefix),
    workload: workload && workloadCode(workload),
    metrics: use("metrics", catalog.length > 0),
    dashboards: use("dashboards", dashboards.length > 0),
    recordingRules: use("recordingRules", declaredRecordings(found).length > 0),
    alerts: use("alerts", alerts.length > 0),
  });
  return `export const ${camelCase(id, "service")} = ${imports.use("service")}(${text(id)}, ${spec});\n`;
}
