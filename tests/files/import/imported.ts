import { createRequire } from "node:module";
import { dirname, join, posix, resolve } from "node:path";
import ts from "typescript";
import type { Configuration } from "../../../core/load/files/configuration";
import { loadFiles } from "../../../core/load/files/load-files";
import { readMarkdown } from "../../../core/load/markdown";
import type { LoadedFiles } from "../../../core/model/files/loaded";
import type { Model } from "../../../core/model/model";
import type { Service } from "../../../core/model/service";
import type { RunbookDocument } from "../../../core/model/runbook";
import { importService, type ImportedService } from "../../../core/render/import/import-service";
import { renderSectionsFile } from "../../../core/render/sections-file";

const root = resolve(__dirname, "../../..");
const load = createRequire(__filename);

/** The model of files that stand in memory. */
export function modelOf(files: ReadonlyMap<string, string>, settings: Configuration): Model & { readonly files: LoadedFiles } {
  const model = loadFiles(settings, { files: [...files.keys()], read: (file) => ({ text: files.get(file) ?? "" }) });
  if (!model.files) throw new Error("Nothing was loaded.");
  return { ...model, files: model.files };
}

/** What is written for a service of files that stand in memory, with the sections of its runbooks. */
export function imported(id: string, files: ReadonlyMap<string, string>, settings: Configuration): ImportedService {
  const result = importService(id, modelOf(files, settings), "this");
  return { ...result, files: { ...result.files, "runbooks/sections.ts": renderSectionsFile(runbooksOf(result)) } };
}

/** The Markdown that was written. */
export function runbooksOf({ files }: Pick<ImportedService, "files">): readonly RunbookDocument[] {
  return Object.entries(files).flatMap(([path, text]) =>
    path.endsWith(".md") ? [readMarkdown(path.replace(/^runbooks\//, ""), text)] : [],
  );
}

/** What the compiler says of written files, which stand in no folder. */
export function compilerFaults(files: Readonly<Record<string, string>>): readonly string[] {
  const config = ts.getParsedCommandLineOfConfigFile(
    join(root, "tsconfig.json"),
    {},
    { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined },
  );
  const options = { ...config?.options, incremental: false };
  delete options.tsBuildInfoFile;
  const written = new Map(Object.entries(files).map(([path, text]) => [join(root, path), text]));
  const host = ts.createCompilerHost(options);
  host.fileExists = (file) => written.has(file) || ts.sys.fileExists(file);
  host.readFile = (file) => written.get(file) ?? ts.sys.readFile(file);
  const folders = new Set([...written.keys()].map(dirname));
  host.directoryExists = (folder) => folders.has(folder) || ts.sys.directoryExists(folder);
  const names = [...written.keys()].filter((file) => file.endsWith(".ts"));
  const program = ts.createProgram(names, options, host);
  return names.flatMap((name) => {
    const source = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) => {
        const line = source?.getLineAndCharacterOfPosition(start).line ?? 0;
        return `${name.slice(root.length + 1)}:${line + 1} ${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
      },
    );
  });
}

/** The service that written files declare. */
export function declared(id: string, files: Readonly<Record<string, string>>): Service {
  const modules = new Map<string, Record<string, unknown>>();
  const evaluate = (path: string): Record<string, unknown> => {
    const known = modules.get(path);
    if (known) return known;
    const exported: Record<string, unknown> = {};
    modules.set(path, exported);
    const { outputText } = ts.transpileModule(files[path] ?? "", {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
    });
    const require = (name: string): unknown => {
      const target = posix.join(posix.dirname(path), name);
      return `${target}.ts` in files ? evaluate(`${target}.ts`) : load(join(root, target));
    };
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- what was written is a program
    new Function("exports", "require", outputText)(exported, require);
    return exported;
  };
  const [service] = Object.values(evaluate(`services/${id}/index.ts`));
  if (!isService(service)) throw new Error("No service is exported.");
  return service;
}

function isService(value: unknown): value is Service {
  return typeof value === "object" && value !== null && "metricPrefix" in value;
}
