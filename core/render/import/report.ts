import type { Finding } from "../../model/finding";
import { groupBy } from "../../model/group-by";
import type { ImportedService } from "./import-service";
import type { Program } from "./source";

/** What an import tells: what it wrote, what came of it, and what a person has to decide, by file and line. */
export function describeImport(
  { files, found }: ImportedService,
  decisions: readonly Finding[],
  { program, isListed }: { readonly program: Program; readonly isListed: boolean },
): string {
  const { id, catalog, dashboards, alerts, recordings } = found;
  const panels = dashboards.flatMap((dashboard) => dashboard.panels);
  const queries = panels.flatMap(({ panel }) => Object.values(panel.queries));
  const measures = queries.filter(({ measure }) => measure !== undefined && measure.type !== "expression");
  const thresholds = alerts.filter(({ threshold }) => threshold !== undefined);
  const left = Object.values(files).flatMap((text) => text.match(/FILL IN: /g) ?? []).length;
  const runbooks = Object.keys(files).filter((file) => file.endsWith(".md")).length;
  return [
    `Wrote ${Object.keys(files).join(", ")}${isListed ? ", and added it to services/index.ts" : ""}.`,
    "",
    `  metrics          ${catalog.length}`,
    `  panels           ${panels.length}, of whose ${queries.length} queries ${measures.length} are measures`,
    `  alerts           ${alerts.length}, of which ${thresholds.length} are thresholds on a panel`,
    `  recording rules  ${recordings.length}`,
    `  runbooks         ${runbooks}`,
    ...(decisions.length === 0 ? [] : ["", "To decide:", ...decided(decisions)]),
    "",
    `${left === 0 ? "Nothing is" : `${left} texts are`} left to fill in. Next: ${next({ id, program, isListed })}`,
  ].join("\n");
}

function decided(decisions: readonly Finding[]): readonly string[] {
  const sorted = [...decisions].sort(
    ({ subject: a }, { subject: b }) =>
      a.file.localeCompare(b.file) || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
  return [...groupBy(sorted, ({ subject }) => subject.file)].flatMap(([file, list]) => [
    file,
    ...list.map(
      ({ subject: { line, name }, message }) =>
        `  ${line === undefined ? "" : `${line}: `}${name === undefined ? "" : `${name} `}${message}`,
    ),
  ]);
}

interface Listed {
  readonly id: string;
  readonly program: Program;
  readonly isListed: boolean;
}

function next({ id, program, isListed }: Listed): string {
  const add = isListed ? "" : `add ${id} to the services of model.ts, `;
  return program === "this"
    ? "npm run generate, npm run typecheck, then npm run check, which lists it."
    : `${add}npx chain generate, then npx chain check, which lists it.`;
}
