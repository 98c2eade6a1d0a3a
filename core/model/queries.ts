import { alertQuery, templatesOf } from "./alert";
import type { Subject } from "./finding";
import { below } from "./files/place";
import { indexOf, type Model } from "./model";
import { once } from "./once";
import { panelsOf, type Dashboard } from "./panel";
import { withChoices } from "./panel-variables";
import { findIn, parsePromql, readQuery, type ReadQuery } from "./promql-syntax";
import { isMarked, runbookService, type Fence, type RunbookDocument } from "./runbook";
import { runbookSubject } from "./section-content";
import { startsLikeOneOf, subjectIn, type Service } from "./service";
import { templateQueries } from "./template/queries";
import { seriesAsked, variableQuery } from "./variable-query";

/** A query of the model, where it stands, and who owns it. */
export interface PlacedQuery {
  readonly expr: string;
  readonly read: ReadQuery;
  readonly kind: "alert" | "panel" | "variable" | "annotation query" | "recording rule" | "runbook command" | "template";
  readonly subject: Subject;
  /** Absent for a runbook in a folder of no service. */
  readonly service?: Service;
}

/**
 * Every query in the model: of alerts and what their templates ask, panels (with each choice of their dashboards' variables),
 * what variables ask for their values, recording rules and the promql blocks of runbooks. A block that
 * names its source and holds no query yet is waiting to be filled: block-is-fresh says so.
 */
export const queriesIn = once((model: Model): readonly PlacedQuery[] =>
  collectQueries(model).map(({ expr, kind, subject, service }) => {
    const read = readQuery(expr);
    // Not spread: to V8, what is spread and then added to is each of a class of its own, slow to make and slow to read.
    return service ? { expr, read, kind, subject, service } : { expr, read, kind, subject };
  }),
);

type Unread = Omit<PlacedQuery, "read">;

function collectQueries(model: Model): readonly Unread[] {
  const { labelsOf } = indexOf(model);
  const declared = model.services.flatMap((service): Unread[] => [
    ...service.recordingRules.map((rule): Unread => ({
      expr: rule.query.expr,
      kind: "recording rule",
      subject: subjectIn(service, "recording-rules", rule),
      service,
    })),
    ...service.dashboards.flatMap((dashboard) => variableQueries(model, service, dashboard)),
    ...service.dashboards.flatMap((dashboard) =>
      panelsOf(dashboard).flatMap((panel) =>
        Object.values<{ query: { expr: string } }>(panel.queries)
          .flatMap(({ query }) => withChoices(query.expr, dashboard))
          .map((expr): Unread => ({
            expr,
            kind: "panel",
            subject: subjectIn(service, "dashboards", { name: `${dashboard.uid}/${panel.id}`, accepts: panel.accepts }),
            service,
          })),
      ),
    ),
    ...service.alerts.flatMap((alert): Unread[] => {
      const subject = subjectIn(service, "alerts", alert);
      return [
        { expr: alertQuery(alert, labelsOf).expr, kind: "alert", subject, service },
        ...templatesOf(alert)
          .flatMap(templateQueries)
          .map((expr): Unread => ({ expr, kind: "template", subject, service })),
      ];
    }),
  ]);
  return [...declared, ...loadedQueries(model), ...model.runbooks.flatMap((document) => runbookQueries(model, document))];
}

/** What variables ask of series that are declared here, or begin as those of a service do; what others there are, nobody can tell. */
function variableQueries(model: Model, service: Service, { uid, variables = [] }: Dashboard): readonly Unread[] {
  const { labelsOf } = indexOf(model);
  const isOurs = startsLikeOneOf(
    model.services.map(({ metricPrefix }) => metricPrefix),
    /^[a-z0-9_]/,
  );
  const subject = subjectIn(service, "dashboards", { name: uid });
  return variables.flatMap((variable): readonly Unread[] => {
    const query = "query" in variable ? variableQuery(variable.query) : undefined;
    if (query === undefined) return [];
    const expr = withChoices(seriesAsked(query), { variables })[0] ?? "";
    const tree = parsePromql(expr);
    const names = tree ? findIn(tree, (node) => (node.type === "selector" ? [node.metric] : [])) : [];
    return names.every((name) => labelsOf(name) !== undefined || isOurs(name))
      ? [{ expr, kind: "variable", subject, service }]
      : [];
  });
}

function loadedQueries({ files }: Model): readonly Unread[] {
  if (!files) return [];
  return [
    ...files.rules.flatMap(({ kind, expr, annotations, labels, subject }): Unread[] => {
      const within = (...keys: readonly string[]): Subject => ({
        ...subject,
        ...(subject.at && { at: below(subject.at, ...keys) }),
      });
      const texts = kind === "alert" ? Object.entries({ annotations, labels }) : [];
      return [
        { expr, kind: kind === "alert" ? "alert" : "recording rule", subject: within("expr") },
        ...texts.flatMap(([key, named]) =>
          Object.entries(named).flatMap(([name, text]) =>
            templateQueries(text).map((asked): Unread => ({ expr: asked, kind: "template", subject: within(key, name) })),
          ),
        ),
      ];
    }),
    ...files.dashboards.flatMap(({ variables, annotations, panels }) => [
      ...annotations.flatMap(({ query, subject }): Unread[] =>
        query === undefined ? [] : [{ expr: query, kind: "annotation query", subject }],
      ),
      ...variables.flatMap(({ asked, subject }): Unread[] =>
        asked === undefined ? [] : [{ expr: asked, kind: "variable", subject }],
      ),
      ...panels.flatMap(({ targets }) =>
        targets.flatMap(({ query, subject }): Unread[] => (query === undefined ? [] : [{ expr: query, kind: "panel", subject }])),
      ),
    ]),
    ...files.commands.map(({ expr, subject }): Unread => ({ expr, kind: "runbook command", subject })),
  ];
}

/**
 * The queries of a promql block: separated by blank lines or comment lines, so that a block can hold a whole
 * panel, or by line ends. What is complete only together with what stands before it is one query with it.
 */
export const queriesOfFence = once((fence: Fence): readonly string[] => {
  const parts = fence.code
    .split(/\n\s*\n|^\s*#.*$/m)
    .map((text) => text.trim())
    .filter((text) => text !== "")
    .flatMap((text) => (isComplete(text) ? [text] : separateLines(text)));
  return parts.reduce<readonly string[]>((queries, part) => {
    const before = queries.at(-1) ?? "";
    const joined = `${before}\n${part}`;
    const continues = queries.length > 0 && !(isComplete(before) && isComplete(part)) && isComplete(joined);
    return continues ? [...queries.slice(0, -1), joined] : [...queries, part];
  }, []);
});

function separateLines(text: string): readonly string[] {
  const lines = text.split("\n");
  return lines.every(isComplete) ? lines : [text];
}

function isComplete(text: string): boolean {
  return parsePromql(text) !== undefined;
}

function lineWithin({ code, line }: Fence, expr: string): number {
  const at = code.indexOf(expr.split("\n")[0] ?? "");
  return line + 1 + (at < 0 ? 0 : code.slice(0, at).split("\n").length - 1);
}

function runbookQueries(model: Model, document: RunbookDocument): readonly Unread[] {
  const service = indexOf(model).services.get(runbookService(document.path));
  return document.fences
    .filter((fence) => fence.language === "promql" && !(isMarked(fence) && !queriesOfFence(fence).every(isComplete)))
    .flatMap((fence) =>
      queriesOfFence(fence).map((expr): Unread => ({
        expr,
        kind: "runbook command",
        // A block that a file already has can be long, and nobody fills it anew: there the query itself is shown.
        subject: runbookSubject(document, document.file === undefined ? fence.line : lineWithin(fence, expr)),
        ...(service && { service }),
      })),
    );
}
