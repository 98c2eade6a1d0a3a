import { alertQuery, ruleLabels, type Alert } from "../model/alert";
import { serviceDependencies, type Cascade } from "../model/dependency";
import { indexOf, type Model, type ModelIndex } from "../model/model";
import { outputLabels } from "../model/promql-labels";
import { parsePromql } from "../model/promql-syntax";
import { knownValues } from "../model/promql-values";
import type { Service } from "../model/service";
import { problem, type Check, type Problem } from "./check";

/** Blame has one direction, follows a dependency, and an inhibition can match. */
export const cascadeIsClear: Check = {
  id: "cascade-is-clear",
  description:
    "Cascades run along dependencies, never in a circle, and compare only labels that both alerts carry; a page has one from each service on which its own depends.",
  severity: "error",
  run: (model) => {
    const index = indexOf(model);
    const faulty = model.cascades.flatMap((cascade) =>
      [
        ...idle(cascade, index),
        ...circle(cascade, model),
        ...strangers(cascade, model, index),
        ...missingLabels(cascade, index),
      ].map((message) => problem({ file: "services/cascades.ts", name: cascade.upstream.name }, message)),
    );
    return [...faulty, ...unexplained(model, index)];
  },
};

/** What silences nothing: an alert that no service has never fires. */
function idle({ upstream, downstream }: Cascade, { serviceOf }: ModelIndex): readonly string[] {
  if (downstream.length === 0) return ["explains no alert. Name some, or drop the cascade."];
  return [upstream, ...downstream]
    .filter(({ name }) => !serviceOf.has(name))
    .map(({ name }) => `names ${name}, an alert that no service has. Add it to the alerts of its service, or drop it here.`);
}

function circle({ upstream, downstream }: Cascade, { cascades }: Model): readonly string[] {
  return downstream
    .filter(({ name }) => explains(name, upstream.name, cascades, new Set()))
    .map(
      ({ name }) => `explains ${name}, which explains it in turn: both pages would be silenced. Decide which one is to blame.`,
    );
}

function explains(upstream: string, downstream: string, cascades: readonly Cascade[], seen: Set<string>): boolean {
  if (upstream === downstream) return true;
  if (seen.has(upstream)) return false;
  seen.add(upstream);
  return cascades
    .filter((cascade) => cascade.upstream.name === upstream)
    .some((cascade) => cascade.downstream.some(({ name }) => explains(name, downstream, cascades, seen)));
}

/** An upstream alert of another service explains something only if the downstream service depends on that service. */
function strangers({ upstream, downstream }: Cascade, { dependencies }: Model, { serviceOf }: ModelIndex): readonly string[] {
  const above = serviceOf.get(upstream.name);
  return downstream.flatMap(({ name }) => {
    const below = serviceOf.get(name);
    if (!above || !below || above.id === below.id) return [];
    const depends = serviceDependencies(dependencies).some(
      ({ service, upstream: on }) => service.id === below.id && on.id === above.id,
    );
    return depends
      ? []
      : [`explains ${name}, but ${below.id} declares no dependency on ${above.id}. Declare it, or drop the cascade.`];
  });
}

/** One failure pages twice where a service leans on another, and nothing says which pages follow from which. */
function unexplained({ dependencies, cascades }: Model, { serviceOf }: ModelIndex): readonly Problem[] {
  const pages = ({ alerts }: Service): boolean => alerts.some(({ severity }) => severity === "page");
  const isOf = ({ name }: Alert, { id }: Service): boolean => serviceOf.get(name)?.id === id;
  return serviceDependencies(dependencies)
    .filter(({ service, upstream }) => service.id !== upstream.id && pages(service) && pages(upstream))
    .filter(
      ({ service, upstream }) =>
        !cascades.some((one) => isOf(one.upstream, upstream) && one.downstream.some((alert) => isOf(alert, service))),
    )
    .map(({ service, upstream }) => ({
      ...problem(
        { file: "services/cascades.ts", name: service.id },
        `leans on ${upstream.id}, and both page, but no alert of ${upstream.id} explains one of ${service.id}: one failure pages twice. ` +
          "Add a cascade; with hintOnly where both are to page.",
      ),
      severity: "warning",
    }));
}

function missingLabels({ upstream, downstream, equal = [] }: Cascade, index: ModelIndex): readonly string[] {
  return equal.flatMap((label) => {
    const missing = [upstream, ...downstream].filter((alert) => carries(alert, label, index) === false);
    if (missing.length > 0)
      return missing.map(
        ({ name }) =>
          `compares the label "${label}", which ${name} does not carry: the inhibition would match alerts that have nothing in common.`,
      );
    const above = valuesOf(upstream, label, index);
    return downstream.flatMap((alert) => {
      const below = valuesOf(alert, label, index);
      if (!above || !below || [...above].some((value) => below.has(value))) return [];
      return [
        `compares the label "${label}", which is ${[...above].join(" or ")} on ${upstream.name} and ${[...below].join(" or ")} on ${alert.name}: it silences nothing.`,
      ];
    });
  });
}

/** What the rule itself sets, or its expression keeps. */
function carries(alert: Alert, label: string, { labelsOf }: ModelIndex): boolean | undefined {
  if (ruleLabels.includes(label) || label in (alert.labels ?? {})) return true;
  const tree = parsePromql(alertQuery(alert, labelsOf).expr);
  return tree && outputLabels(tree, labelsOf)?.has(label);
}

/** The values that a label of an alert can have, where they are known. */
function valuesOf(alert: Alert, label: string, index: ModelIndex): ReadonlySet<string> | undefined {
  const { name, severity, labels = {} } = alert;
  const text = { ...labels, alertname: name, severity, service: index.serviceOf.get(name)?.id }[label];
  if (text !== undefined || ruleLabels.includes(label))
    return text === undefined || text.includes("{{") ? undefined : new Set([text]);
  const tree = parsePromql(alertQuery(alert, index.labelsOf).expr);
  const values = tree && knownValues(tree, index).get(label);
  return values && values.size > 0 ? values : undefined;
}
