import { dirname, join, relative, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { AcceptedFinding, Finding } from "../../core/model/finding";
import { countFindings } from "../../core/render/findings";
import { exitCodeOf, renderReport } from "../check-report";
import { baselineOf, beyondBaseline, readBaseline, writeBaseline } from "./baseline";
import { changedSince } from "./changed-since";
import { checkFiles, checksOf } from "./check-files";
import { acceptedBy, exceptionsFor, withoutAccepted } from "./exceptions";
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
  const { findings: all, accepted: beside, model } = checkFiles(root, configuration, progress.say);
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
  const inBaseline = touched.filter((finding) => !fresh.includes(finding));
  const folder = folderIn(format, config);
  const placed = <T extends Finding>(finding: T): T => ({
    ...finding,
    subject: { ...finding.subject, file: join(folder, finding.subject.file) },
  });
  const accepted = ref === undefined ? [...beside, ...acceptedBy(all, exceptionsFor("files", configuration), today)] : [];
  // Of a baseline, people are told how many it accepts: it may be hundreds.
  const listed = format === "text" ? accepted : [...accepted, ...inBaseline.map(ofBaseline)];
  console.log(renderReport(fresh.map(placed), format, { checks: checksOf(configuration), accepted: listed.map(placed) }));
  if (format === "text") console.log(summary(model, inBaseline.length));
  return exitCodeOf(fresh);
}

function ofBaseline(finding: Finding): AcceptedFinding {
  return { ...finding, reason: "It stands in the baseline.", isElsewhere: true };
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
