import { isBuiltIn, severalFault, variablesMeant, variablesUsed, wholeMatchers } from "../model/dashboard-variables";
import { groupBy } from "../model/group-by";
import { indexOf, type Model, type ModelIndex } from "../model/model";
import { panelsOf, type Dashboard, type Panel, type PanelQuery } from "../model/panel";
import { choicesOfVariable, isVariableOf, unknownVariables, variablesOfQuery } from "../model/panel-variables";
import { queriesIn } from "../model/queries";
import { sourceOf } from "../model/runbook";
import { runbookSubject } from "../model/section-content";
import { subjectIn, type Service } from "../model/service";
import { didYouMean } from "../model/suggestion";
import { circleFault, variableCircles } from "../model/variable-circles";
import { problem, type Check, type Problem } from "./check";

/** Whatever a query leaves to the reader's choice can be chosen, and nothing that Prometheus evaluates by itself waits for a choice. */
export const variableIsDeclared: Check = {
  id: "variable-is-declared",
  description:
    "Variables of a panel's query are those of its dashboard, and no alert, recording rule or runbook command has any.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    return [
      ...model.services.flatMap((service) =>
        service.dashboards.flatMap((dashboard) => [
          ...declarations(service, dashboard),
          ...panelsOf(dashboard).flatMap((panel) => [
            ...unknown(service, dashboard, panel),
            ...severalAsOne(service, dashboard, panel),
          ]),
        ]),
      ),
      ...inRules(model),
      ...inBlocks(model, index),
    ];
  },
};

function declarations(service: Service, { uid, variables = [] }: Dashboard): readonly Problem[] {
  const subject = subjectIn(service, "dashboards", { name: uid });
  const names = variables.map(({ name }) => name);
  const asked = variables.flatMap((variable) => ("query" in variable ? [variable] : []));
  const twice = [...groupBy(variables, ({ name }) => name)].filter(([, group]) => group.length > 1).map(([name]) => name);
  return [
    ...variables
      .filter(({ name }) => !/^[A-Za-z]\w*$/.test(name) || name === "datasource")
      .map(({ name }) =>
        problem(
          subject,
          name === "datasource"
            ? "declares the variable datasource, which every dashboard has already. Choose another name."
            : `declares the variable "${name}". A name has letters, digits and underscores, and begins with a letter.`,
        ),
      ),
    ...variableCircles(asked).map((circle) => problem(subject, circleFault(circle))),
    ...asked
      .flatMap(({ query }) => variablesMeant(query, "a query", names))
      .filter(({ name }) => !isBuiltIn(name) && !isVariableOf({ variables }, name))
      .map(({ name }) =>
        problem(subject, `a variable asks by $${name}, which is none of its dashboard.${didYouMean(name, names)}`),
      ),
    ...twice.map((name) => problem(subject, `declares the variable ${name} twice. Rename one.`)),
    ...variables
      .filter((variable) => choicesOfVariable(variable)?.length === 0)
      .map(({ name }) => problem(subject, `declares the variable ${name} without values. List some.`)),
  ];
}

function unknown(service: Service, dashboard: Dashboard, panel: Panel): readonly Problem[] {
  const known = (dashboard.variables ?? []).map(({ name }) => name);
  const queries = Object.values<PanelQuery>(panel.queries);
  const names = queries.flatMap(({ query }) => unknownVariables(query.expr, dashboard));
  const written = [
    ...queries.flatMap(({ legend }) => variablesUsed(legend)),
    ...variablesMeant(panel.title, "a title", known),
    ...variablesMeant(panel.description, "a description", known),
  ]
    .map(({ name }) => name)
    .filter((name) => !isBuiltIn(name) && !isVariableOf(dashboard, name));
  return [...new Set([...names, ...written])].map((name) =>
    problem(
      subjectIn(service, "dashboards", { name: `${dashboard.uid}/${panel.id}`, accepts: panel.accepts }),
      `the panel uses $${name}, which is no variable of its dashboard. ` +
        (known.length === 0 ? "It has none." : `It has ${known.join(", ")}.`) +
        didYouMean(name, known),
    ),
  );
}

function severalAsOne(service: Service, { uid, variables = [] }: Dashboard, panel: Panel): readonly Problem[] {
  const several = variables.filter(({ multi }) => multi === true).map(({ name }) => name);
  if (several.length === 0) return [];
  return Object.values<PanelQuery>(panel.queries).flatMap(({ query }) =>
    wholeMatchers(query.expr)
      .filter(({ name }) => several.includes(name))
      .map((matcher) =>
        problem(
          subjectIn(service, "dashboards", { name: `${uid}/${panel.id}`, accepts: panel.accepts }),
          `the panel ${severalFault(matcher, "several values")}`,
        ),
      ),
  );
}

function inRules(model: Model): readonly Problem[] {
  return queriesIn(model)
    .filter(({ kind }) => kind === "alert" || kind === "recording rule" || kind === "template")
    .flatMap(({ expr, kind, subject }) =>
      variablesOfQuery(expr).map((name) =>
        problem(
          subject,
          kind === "template"
            ? `the template asks a query that holds $${name} as it is written: nothing takes its place in quotes. Fill it in with printf.`
            : `the ${kind} uses $${name}, which a reader of a dashboard chooses and Prometheus does not know. ` +
                (kind === "alert"
                  ? "Watch a panel without variables, or write an expression with one value."
                  : "Write one value."),
        ),
      ),
    );
}

/** A block that copies a panel would copy its variables. What gates ask is written with each controller's name. */
function inBlocks({ runbooks }: Model, { panels, dashboardOf }: ModelIndex): readonly Problem[] {
  return runbooks.flatMap((document) =>
    document.fences.flatMap((fence) => {
      const source = sourceOf(fence);
      const panel = source?.attribute === "panel" ? panels.get(source.name.split(" ")[0] ?? "") : undefined;
      const declared = (panel && dashboardOf.get(panel)?.variables) ?? [];
      const used = Object.values<PanelQuery>(panel?.queries ?? {}).flatMap(({ query }) => variablesOfQuery(query.expr));
      return declared
        .filter(({ name }) => used.includes(name))
        .map(({ name }) =>
          problem(
            runbookSubject(document, fence.line),
            `the block copies ${source?.name ?? "a panel"}, whose query waits for a choice of $${name}. Copy a panel without variables, or write the query here.`,
          ),
        );
    }),
  );
}
