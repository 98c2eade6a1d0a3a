import type { LoadedMetric } from "../../model/files/catalog";
import type { LoadedDashboard, LoadedPanel, LoadedRule } from "../../model/files/loaded";
import type { Subject } from "../../model/finding";
import { below } from "../../model/files/place";
import type { Model } from "../../model/model";
import { namesInCommand } from "../../model/names-in-command";
import { namesInAddress, namesInAddresses, namesInPanelText, namesInTemplate } from "../../model/names-in-text";
import { objections, remedy } from "../../model/privacy";
import { problem, type Problem } from "../check";

/** What names a person in rules, dashboards and metrics of files, beside their queries. */
export function privacyInFiles({ files }: Model): readonly Problem[] {
  if (!files) return [];
  return [
    ...files.metrics.flatMap(inMetric),
    ...files.rules.flatMap(inRule),
    ...files.dashboards.flatMap(inDashboard),
    ...files.cluster.alerting.flatMap(({ inhibitions, routes, receivers }) => [
      ...receivers.flatMap(({ texts = [], subject }) => [
        ...told(texts.flatMap(namesInTemplate), subject, (label) => `a text of the receiver prints "${label}"`),
        ...told(texts.flatMap(namesInAddresses), subject, (asked) => `an address in it asks for "${asked}"`),
      ]),
      ...inhibitions.flatMap(({ source, target, equal, subject }) =>
        told(
          [...[...source, ...target].map(({ label }) => label), ...equal],
          subject,
          (label) => `compares the label "${label}"`,
        ),
      ),
      ...routes.flatMap(({ matchers, groupedBy = [], subject }) => [
        ...told(
          matchers.map(({ label }) => label),
          subject,
          (label) => `matches the label "${label}"`,
        ),
        ...told(groupedBy, subject, (label) => `groups by the label "${label}"`),
      ]),
    ]),
  ];
}

function inMetric({ labels = {}, subject }: LoadedMetric): readonly Problem[] {
  return told(Object.keys(labels), subject, (label) => `declares the label "${label}"`);
}

function inRule({ labels, annotations, subject }: LoadedRule): readonly Problem[] {
  return [
    ...Object.keys(labels).flatMap((label) => told([label], within(subject, "labels", label), () => `sets the label "${label}"`)),
    ...Object.entries({ annotations, labels }).flatMap(([key, texts]) =>
      Object.entries(texts).flatMap(([name, text]) => [
        ...told(namesInTemplate(text), within(subject, key, name), (label) => `an annotation prints the label "${label}"`),
        ...told(namesInAddresses(text), within(subject, key, name), (asked) => `an address in it asks for "${asked}"`),
      ]),
    ),
  ];
}

function inDashboard({ variables, annotations, panels, links }: LoadedDashboard): readonly Problem[] {
  return [
    ...annotations.flatMap(({ legend, subject }) =>
      told(namesInPanelText(legend), subject, (name) => `an annotation prints the label "${name}"`),
    ),
    ...variables.flatMap((variable) => [
      ...told([variable.name], variable.subject, (name) => `has the variable "${name}"`),
      ...(variable.type === "query"
        ? told(namesInCommand(variable.query, { language: "sql" }), variable.subject, (name) => `asks for values of "${name}"`)
        : []),
    ]),
    ...panels.flatMap(inPanel),
    ...links.flatMap(inLink),
  ];
}

function inPanel({ targets, title, description, fields, links, subject }: LoadedPanel): readonly Problem[] {
  const legends = targets.map(({ legend }) => legend);
  return [
    ...told(
      [...legends, title, description].flatMap(namesInPanelText),
      subject,
      (name) => `a legend or text prints the label "${name}"`,
    ),
    ...fields.flatMap((field) => told([field.name], field.subject, (name) => `shows the column "${name}"`)),
    // What Prometheus is asked is read with the other queries.
    ...targets.flatMap(({ query, expr, subject: place }) =>
      query === undefined ? told(namesInCommand(expr), place, (name) => `the query uses "${name}"`) : [],
    ),
    ...links.flatMap(inLink),
  ];
}

function inLink({ url, subject }: LoadedPanel["links"][number]): readonly Problem[] {
  return told([...namesInAddress(url), ...namesInPanelText(url)], subject, (name) => `the link uses "${name}"`);
}

function told(names: readonly string[], subject: Subject, how: (name: string) => string): readonly Problem[] {
  return objections(names).map(([name, why]) => problem(subject, `${how(name)}, which ${why}. ${remedy}`));
}

function within(subject: Subject, ...keys: readonly string[]): Subject {
  return { ...subject, ...(subject.at && { at: below(subject.at, ...keys) }) };
}
