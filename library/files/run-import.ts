import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Configuration } from "../../core/load/files/configuration";
import { listFiles } from "../../core/load/files/find-files";
import { loadFiles } from "../../core/load/files/load-files";
import { locateInFiles } from "../../core/load/files/locate";
import { readText } from "../../core/load/files/read-text";
import type { LoadedFiles } from "../../core/model/files/loaded";
import type { Finding } from "../../core/model/finding";
import type { Model } from "../../core/model/model";
import { didYouMean } from "../../core/model/suggestion";
import { belongingsOf, servicesIn } from "../../core/render/import/belongings";
import { importService, type ImportedService } from "../../core/render/import/import-service";
import { camelCase, kebabCase } from "../../core/render/import/names";
import { describeImport } from "../../core/render/import/report";
import type { Program } from "../../core/render/import/source";
import { withListedService } from "../../core/render/skeleton/service";
import { runTool } from "../../machine/system/run-tool";
import { UsageError, UserError } from "../../machine/system/user-error";
import type { CommandDescription } from "../../machine/terminal/command";
import { defaultConfiguration, readConfiguration } from "./read-configuration";

/** What is to be known of `import`. */
export const importDescription = {
  name: "import",
  summary:
    "Writes the folder of a service from the rules, dashboards, runbooks and metrics that chain.yaml names, and lists what a person has to decide.",
  words: [{ word: "<service>", help: "as the files name it, such as mc: by a label, a file, or how its metrics begin" }],
  options: {
    config: { type: "string", value: "<file>", help: "the configuration that names the files; without it: chain.yaml" },
  },
  examples: ["mc", "mc --config ../ops/chain.yaml"],
} as const satisfies CommandDescription;

/** Which service is written, and where. */
export interface ImportRequest {
  readonly service: string | undefined;
  readonly config?: string | undefined;
  /** The folder of the program. */
  readonly root: string;
  readonly program: Program;
}

/** Writes a service; nothing where its folder exists. Returns what the process exits with. */
export async function runImport({ service, config = defaultConfiguration, root, program }: ImportRequest): Promise<number> {
  const folder = dirname(resolve(config));
  const model = loaded(folder, readConfiguration(resolve(config)));
  const id = chosen(service, model);
  const written = importService(id, model, program);
  const taken = [`services/${id}`, `runbooks/${id}`].filter((path) => existsSync(join(root, path)));
  if (taken.length > 0)
    throw new UserError(`Nothing was written: ${taken.join(" and ")} ${taken.length > 1 ? "exist" : "exists"} already.`);
  for (const [path, text] of Object.entries(written.files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  await format(root, Object.keys(written.files));
  const isListed = list(root, id);
  const findings = located(folder, written).map((finding) => ({
    ...finding,
    subject: { ...finding.subject, file: join(dirname(config), finding.subject.file) },
  }));
  console.log(describeImport(written, findings, { program, isListed }));
  return 0;
}

function loaded(folder: string, configuration: Configuration): Model & { readonly files: LoadedFiles } {
  const model = loadFiles(configuration, { files: listFiles(folder), read: (file) => readText(folder, file) });
  if (!model.files || model.files.rules.length + model.files.dashboards.length === 0)
    throw new UsageError("The configuration names no rules and no dashboards. Let chain init look for them.");
  return { ...model, files: model.files };
}

function chosen(service: string | undefined, model: Model): string {
  const known = servicesIn(model);
  const all = `The files tell of ${known.slice(0, 20).join(", ")}${known.length > 20 ? " and others" : ""}.`;
  if (service === undefined) throw new UsageError(`Which service? ${all}`);
  const id = kebabCase(service, "service");
  const { rules, dashboards } = belongingsOf(id, model);
  if (rules.length + dashboards.length === 0)
    throw new UsageError(`No file tells of a service "${service}".${didYouMean(id, known)} ${all}`);
  return id;
}

function located(folder: string, { decisions }: ImportedService): readonly Finding[] {
  const findings = decisions.map(({ subject, message }): Finding => ({ check: "import", severity: "warning", subject, message }));
  return locateInFiles(findings, (file) => {
    const read = readText(folder, file);
    return "text" in read ? read.text : undefined;
  });
}

/** With the program's own Prettier, where it has one. */
async function format(root: string, files: readonly string[]): Promise<void> {
  if (!existsSync(join(root, "node_modules/prettier/package.json"))) return;
  await runTool(root, "prettier", ["--write", "--log-level", "silent", ...files.filter((file) => file.endsWith(".ts"))]);
}

/** Adds the service to services/index.ts; false where a program has no such file. */
function list(root: string, id: string): boolean {
  const index = join(root, "services/index.ts");
  if (!existsSync(index)) return false;
  writeFileSync(index, withListedService(readFileSync(index, "utf8"), id, camelCase(id, "service")));
  return true;
}
