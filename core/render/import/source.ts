import { groupBy } from "../../model/group-by";

/** Where each name stands that written code imports: in core/model of this program, or beside the file. */
const modules = {
  counter: "metric",
  gauge: "metric",
  histogram: "metric",
  not: "query",
  promql: "query",
  queryOf: "query",
  where: "query",
  expression: "measure",
  increaseBy: "measure",
  maxBy: "measure",
  minBy: "measure",
  quantile: "measure",
  rateBy: "measure",
  ratio: "measure",
  sumBy: "measure",
  dashboard: "panel",
  labelValues: "panel",
  panel: "panel",
  alert: "declared-alert",
  recordingRule: "recording-rule",
  service: "declared-service",
  platform: "standard/platform",
  alerts: "./alerts",
  dashboards: "./dashboards",
  metrics: "./metrics",
  panels: "./dashboards",
  recordingRules: "./recording-rules",
  runbooks: "../../runbooks/sections",
} as const;

export type Importable = keyof typeof modules;

/** For whom code is written: this program, or one that uses it as a package. */
export type Program = "this" | "package";

/** What a file imports: exactly what its code uses. */
export class Imports {
  private readonly used = new Set<Importable>();
  private readonly beside = new Map<string, string>();
  constructor(private readonly program: Program) {}

  use(name: Importable): string {
    this.used.add(name);
    return name;
  }

  /** The same of a name from a file that was written beside it. */
  useFrom(name: string, from: string): string {
    this.beside.set(name, from);
    return name;
  }

  /** Of a piece of code that may not be taken. */
  none(): Imports {
    return new Imports(this.program);
  }

  useAll({ used }: Imports): void {
    for (const name of used) this.used.add(name);
  }

  /** The import lines, the furthest first. */
  code(): string {
    const names = [...this.used].map((name) => [name, this.addressOf(modules[name])] as const);
    const byModule = groupBy(
      [...names, ...this.beside].sort(([a], [b]) => a.localeCompare(b)),
      ([, from]) => from,
    );
    return [...byModule]
      .sort(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
      .map(([from, used]) => `import { ${used.map(([name]) => name).join(", ")} } from ${JSON.stringify(from)};\n`)
      .join("");
  }

  private addressOf(module: string): string {
    if (module.startsWith(".")) return module;
    return this.program === "package" ? "@dark-tower/observability" : `../../core/model/${module}`;
  }
}

function rank(from: string): number {
  return from.startsWith("./") ? 2 : from.includes("runbooks/") ? 1 : 0;
}

/** A string as code. */
export function text(value: string): string {
  return JSON.stringify(value).replace(/[\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);
}

/** A key of an object as code; the one that would set its prototype is computed. */
function key(name: string): string {
  return name === "__proto__" ? `[${text(name)}]` : isIdentifier(name) ? name : text(name);
}

/** A property as code: `.name`, or `["a name"]`. */
export function member(name: string): string {
  return isIdentifier(name) ? `.${name}` : `[${text(name)}]`;
}

/** An object as code, a property a line; those without code are left out. */
export function object(properties: Readonly<Record<string, string | undefined>>): string {
  return record(Object.entries(properties).flatMap(([name, code]) => (code === undefined ? [] : [[name, code] as const])));
}

/** The same of names that were not chosen here, in their order. */
export function record(entries: readonly (readonly [name: string, code: string])[]): string {
  const lines = entries.map(([name, code]) => (code === name ? `${name},\n` : `${key(name)}: ${code},\n`));
  return lines.length === 0 ? "{}" : `{\n${lines.join("")}}`;
}

/** A small object as code, on one line where there is room. */
export function inline(properties: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(properties).flatMap(([name, code]) => (code === undefined ? [] : [`${key(name)}: ${code}`]));
  return pairs.length === 0 ? "{}" : `{ ${pairs.join(", ")} }`;
}

/** A list as code. */
export function list(codes: readonly string[]): string {
  return `[${codes.join(", ")}]`;
}

function isIdentifier(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name);
}
