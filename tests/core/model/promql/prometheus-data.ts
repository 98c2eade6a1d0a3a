import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { execFileSync } from "node:child_process";

const promtoolModule = join(__dirname, "..", "..", "..", "..", "machine", "tools", "modules", "promtool");

/**
 * The expressions, valid and invalid, with which Prometheus tests its own parser and engine: those of the very version
 * that promtool is built from. They are read from Go's module cache.
 */
export function prometheusExpressions(): readonly string[] {
  const root = moduleFolder("github.com/prometheus/prometheus");
  const parserTests = readFileSync(join(root, "promql", "parser", "parse_test.go"), "utf8");
  const scripts = join(root, "promql", "promqltest", "testdata");
  const evaluated = [...readdirSync(scripts)].flatMap((file) => readFileSync(join(scripts, file), "utf8").split("\n"));
  return [...new Set([...inputsOf(parserTests), ...evaluated.flatMap(expressionOf)])];
}

/** Downloads the module if need be, with Go's checks against go.sum. */
function moduleFolder(module: string): string {
  execFileSync("go", ["mod", "download", module], { cwd: promtoolModule });
  return execFileSync("go", ["list", "-m", "-f", "{{.Dir}}", module], { cwd: promtoolModule, encoding: "utf8" }).trim();
}

/** The `input: "…"` of Go's test tables. What holds bytes that are no UTF-8 is no text, and cannot stand in a rule file. */
function inputsOf(source: string): readonly string[] {
  return [...source.matchAll(/input:\s*("(?:\\.|[^"\\])*"|`[^`]*`)/g)].flatMap(([, literal = ""]) => {
    if (literal.startsWith("`")) return [literal.slice(1, -1)];
    return /\\(?:x[89a-f]|[0-7]{3})/i.test(literal) ? [] : [String(JSON.parse(asJson(literal)))];
  });
}

function asJson(literal: string): string {
  return literal.replace(/\\x([0-9a-f]{2})/gi, "\\u00$1").replaceAll("\\a", "\\u0007");
}

/** The expression of an `eval instant at 5m …` or `eval range from 0 to 10m step 1m …`. */
function expressionOf(line: string): readonly string[] {
  const found =
    /^\s*eval(?:_\w+)?\s+instant\s+(?:at\s+\S+\s+)?(?<expr>.+)$/.exec(line) ??
    /^\s*eval(?:_\w+)?\s+range\s+from\s+\S+\s+to\s+\S+\s+step\s+\S+\s+(?<expr>.+)$/.exec(line);
  const expr = found?.groups?.["expr"];
  return expr === undefined ? [] : [expr.trim()];
}
