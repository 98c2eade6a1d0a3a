import { dirname, join, relative, resolve } from "node:path";
import { loadFiles } from "../../core/load/files/load-files";
import type { Finding } from "../../core/model/finding";
import { declaredByFiles } from "../../core/running/declared-by-files";
import { UsageError } from "../../machine/system/user-error";
import { runDoctor, type DoctorValues } from "../run-doctor";
import { locatedInOrder, openRepository } from "./check-files";
import { exceptionsFor, withoutAccepted } from "./exceptions";
import { readConfiguration } from "./read-configuration";
import { folderIn } from "./run-check";

/** Compares the files that a configuration names with what runs. Returns what the process exits with. */
export function runFilesDoctor(config: string, values: DoctorValues): Promise<number> {
  const path = resolve(config);
  const root = dirname(path);
  const configuration = readConfiguration(path);
  const repository = openRepository(root, configuration);
  const model = loadFiles(configuration, repository);
  const file = relative(root, path);
  if (!model.files) throw new UsageError(`${config} names no files.`);
  const today = new Date().toISOString().slice(0, 10);
  const folder = folderIn(values.format, config);
  return runDoctor(values, {
    declared: declaredByFiles(model, model.files, { file }),
    accept: (findings) =>
      withoutAccepted(locatedInOrder(findings, repository), exceptionsFor("running", configuration), { today, file }),
    locate: <F extends Finding>(findings: readonly F[]) =>
      findings.map((finding) => ({ ...finding, subject: { ...finding.subject, file: join(folder, finding.subject.file) } })),
  });
}
