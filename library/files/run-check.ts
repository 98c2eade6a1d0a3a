import { dirname, join, relative, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Finding } from "../../core/model/finding";
import { countFindings } from "../../core/render/findings";
import { exitCodeOf, renderReport } from "../check-report";
import { baselineOf, beyondBaseline, readBaseline, writeBaseline } from "./baseline";
import { changedSince } from "./changed-since";
import { checkFiles, checksOf } from "./check-files";
import { exceptionsFor, withoutAccepted } from "./exceptions";
import { progressOn } from "./progress";
import { readConfiguration } from "./read-configuration";

/** How files are to be checked. */
export interface FilesRequest {
  readonly config: string;
  readonly format: string;
  readonly changedSince: string | undefined;
  readonly writesBaseline: boolean;
}

/** Checks the files of a configuration, and prints what is wrong. Returns what the process exits with. */
export function runFilesCheck({ config, format, changedSince: ref, writesBaseline }: FilesRequest): number {
  const path = resolve(config);
  const root = dirname(path);
  const configuration = readConfiguration(path);
  const progress = progressOn();
  const { findings: all, model } = checkFiles(root, configuration, progress.say);
  progress.end();
  const today = new Date().toISOString().slice(0, 10);
  const accept = (findings: readonly Finding[]): readonly Finding[] =>
    withoutAccepted(findings, exceptionsFor("files", configuration), { today, file: relative(root, path) });
  const held = accept(all);
  const touched = ref === undefined ? held : changedSince(held, { root, configuration, ref, accept });
  const file = configuration.baseline === undefined ? undefined : join(root, configuration.baseline);
  if (writesBaseline) {
    const target = file ?? join(root, "chain-baseline.json");
    writeBaseline(target, baselineOf(held));
    console.log(
      `Accepted ${countFindings(held)} in ${target}.${file === undefined ? " Name it in the configuration: `baseline: chain-baseline.json`" : ""}`,
    );
    return 0;
  }
  const known = file === undefined ? [] : readBaseline(file);
  const { fresh, left } = beyondBaseline(touched, known);
  // What was repaired must not come back unseen. Of a part of the findings nothing can be told.
  if (file !== undefined && ref === undefined && !isDeepStrictEqual(left, known)) writeBaseline(file, left);
  const accepted = touched.length - fresh.length;
  const folder = folderIn(format, config);
  const told = fresh.map((finding) => ({
    ...finding,
    subject: { ...finding.subject, file: join(folder, finding.subject.file) },
  }));
  console.log(renderReport(told, format, { checks: checksOf(configuration) }));
  if (format === "text") console.log(summary(model, accepted));
  return exitCodeOf(fresh);
}

/** What a report puts before a file: the folder as it was typed; for GitHub, the one from the checkout's top. */
export function folderIn(format: string, config: string): string {
  const workspace = process.env["GITHUB_WORKSPACE"];
  const isForGithub = format === "github" || format === "sarif";
  return isForGithub && workspace ? relative(workspace, dirname(resolve(config))) : dirname(config);
}

function summary(model: ReturnType<typeof checkFiles>["model"], accepted: number): string {
  const { rules = [], dashboards = [], metrics = [] } = model.files ?? {};
  const counts = [
    `${rules.filter(({ kind }) => kind === "alert").length} alerts`,
    `${rules.filter(({ kind }) => kind === "record").length} recording rules`,
    `${dashboards.length} dashboards`,
    `${model.runbooks.length} documents`,
    `${metrics.length} metrics`,
  ];
  return `Read: ${counts.join(", ")}.${accepted === 0 ? "" : ` The baseline accepts ${accepted} of the findings.`}`;
}
