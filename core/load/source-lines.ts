import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, isAbsolute, join, relative, sep } from "node:path";
import { declarationOf } from "../model/declaration";
import type { Finding, Subject } from "../model/finding";
import type { Model } from "../model/model";
import { panelsOf } from "../model/panel";

/** A place in a file, a path from the project's root. */
interface Place {
  readonly file: string;
  readonly line: number;
}

/**
 * The findings with file and line of the declaration that they are about: the call that declared it, also of what a template
 * names. Of what no call has declared, such as a dashboard: the line of `services/<id>/` on which its name is written.
 */
export function locateFindings<F extends Finding>(projectRoot: string, findings: readonly F[], model: Model): readonly F[] {
  const calls = new Map(model.services.flatMap(declarationsOf));
  return findings.map((finding) => {
    const { subject } = finding;
    if (subject.line !== undefined || subject.name === undefined || !subject.file.startsWith("services/")) return finding;
    const place = callIn(projectRoot, calls.get(keyOf(subject))) ?? findName(projectRoot, dirname(subject.file), subject.name);
    return place ? { ...finding, subject: { ...subject, ...place } } : finding;
  });
}

function keyOf({ file, name = "" }: Subject): string {
  return `${dirname(file)} ${name}`;
}

/** What can be the subject of a finding, by the folder of its service and its name. */
function declarationsOf(service: Model["services"][number]): readonly (readonly [string, object])[] {
  const named: readonly (readonly [string, object])[] = [
    [service.id, service],
    ...Object.values(service.metrics).map((metric) => [metric.name, metric] as const),
    ...service.recordingRules.map((rule) => [rule.name, rule] as const),
    ...service.alerts.map((alert) => [alert.name, alert.declared ?? alert] as const),
    ...service.slos.map((slo) => [slo.id, slo] as const),
    ...service.dashboards.flatMap((dashboard) =>
      panelsOf(dashboard).map((panel) => [`${dashboard.uid}/${panel.id}`, panel] as const),
    ),
  ];
  return named.map(([name, thing]) => [`services/${service.id} ${name}`, thing]);
}

function callIn(projectRoot: string, thing: object | undefined): Place | undefined {
  const declaration = thing && declarationOf(thing);
  if (!declaration) return undefined;
  const file = relative(projectRoot, declaration.file);
  return file.startsWith("..") || isAbsolute(file) ? undefined : { file: file.split(sep).join("/"), line: declaration.line };
}

function findName(projectRoot: string, folder: string, name: string): Place | undefined {
  const quoted = JSON.stringify(name.slice(name.indexOf("/") + 1)); // a panel's name is dashboard/panel
  if (!existsSync(join(projectRoot, folder))) return undefined;
  for (const file of readdirSync(join(projectRoot, folder)).filter((each) => each.endsWith(".ts"))) {
    const lines = readFileSync(join(projectRoot, folder, file), "utf8").split("\n");
    const index = lines.findIndex((line) => ["(", "uid: ", "name: ", "id: "].some((before) => line.includes(before + quoted)));
    if (index >= 0) return { file: `${folder}/${file}`, line: index + 1 };
  }
  return undefined;
}
