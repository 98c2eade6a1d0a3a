import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What the npm that started this process knows of its own options. */
export interface NpmKnowledge {
  /** Whether an option is one of npm's own, or of those in its files, which may be meant for other programs. */
  readonly isOfNpm: (name: string) => boolean;
  /** The values that npm has without the line that was typed: of its files, its defaults and its environment. */
  readonly readSettings: (names: readonly string[]) => ReadonlyMap<string, string>;
}

/** Asks the npm that this environment names. Of an npm that cannot be asked, nothing is known. */
export function readNpmKnowledge(environment: NodeJS.ProcessEnv): NpmKnowledge {
  const npm = environment["npm_execpath"] ?? "";
  const own = readDefinitions(npm);
  const inFiles = readNames(environment);
  return {
    isOfNpm: (name) => own === undefined || own.has(name) || inFiles.has(name),
    readSettings: (names) => readSettings(npm, environmentOfNpm(names, environment), environment["npm_config_local_prefix"]),
  };
}

function readDefinitions(npm: string): ReadonlySet<string> | undefined {
  try {
    const load = createRequire(npm);
    const definitions: unknown = load(join(dirname(npm), "..", "node_modules", "@npmcli", "config", "lib", "definitions"));
    return isObject(definitions) && isObject(definitions["definitions"])
      ? new Set(Object.keys(definitions["definitions"]))
      : undefined;
  } catch {
    return undefined;
  }
}

// Asking npm takes as long as a check does. This is enough for what no command has an option for.
function readNames(environment: NodeJS.ProcessEnv): ReadonlySet<string> {
  const { npm_config_userconfig: user, npm_config_globalconfig: global, npm_config_local_prefix: project } = environment;
  const builtin = environment["npm_execpath"] && join(dirname(environment["npm_execpath"]), "..", "npmrc");
  const files = [user, global, project && join(project, ".npmrc"), builtin].filter((file) => file !== undefined);
  const texts = files.map((file) => (existsSync(file) ? readFileSync(file, "utf8") : ""));
  const names = texts.flatMap((text) => [...text.matchAll(/^\s*([\w-]+)(?:\[\])?\s*=/gm)].map(([, name = ""]) => name));
  return new Set(names.map((name) => name.toLowerCase().replaceAll("_", "-")));
}

function readSettings(npm: string, env: NodeJS.ProcessEnv, cwd = process.cwd()): ReadonlyMap<string, string> {
  try {
    const printed = execFileSync(process.execPath, [npm, "config", "list", "--json", "--long"], {
      env,
      cwd,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const settings: unknown = JSON.parse(printed);
    return new Map(
      Object.entries(isObject(settings) ? settings : {}).map(([name, value]) => [
        name.toLowerCase().replaceAll("_", "-"),
        asVariable(value),
      ]),
    );
  } catch {
    return new Map();
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

// As npm itself writes a value into the environment of what it starts.
function asVariable(value: unknown): string {
  if (Array.isArray(value)) return value.map(asVariable).join("\n\n");
  if (value === null || value === undefined || value === false) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** The environment that npm was started in. Where the system does not tell it: this one, without the options in question. */
function environmentOfNpm(names: readonly string[], environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const started = findNpm(process.ppid);
  if (started !== undefined) return started;
  const variables = new Set(names.map((name) => `npm_config_${name.replaceAll("-", "_")}`));
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !variables.has(name)));
}

// npm is the parent, or a shell is between: npm's own name for itself is "npm run up".
function findNpm(pid: number, generations = 3): NodeJS.ProcessEnv | undefined {
  try {
    if (readFileSync(`/proc/${pid}/comm`, "utf8").startsWith("npm "))
      return parseEnvironment(readFileSync(`/proc/${pid}/environ`, "utf8"));
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    return generations === 0 ? undefined : findNpm(parent, generations - 1);
  } catch {
    return undefined;
  }
}

function parseEnvironment(text: string): NodeJS.ProcessEnv {
  return Object.fromEntries(
    text.split("\0").flatMap((line) => {
      const at = line.indexOf("=");
      return at > 0 ? [[line.slice(0, at), line.slice(at + 1)]] : [];
    }),
  );
}
