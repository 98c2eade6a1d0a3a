import type { CommandQuery } from "../../model/files/loaded";
import { parsePromql } from "../../model/promql-syntax";
import { runbookFile, type RunbookDocument } from "../../model/runbook";

const shells = ["bash", "sh", "shell", "console", "zsh", ""];

/** The queries that commands of a runbook send to Prometheus: `curl …/api/v1/query`, `promtool query instant`. */
export function commandQueries(document: RunbookDocument): readonly CommandQuery[] {
  return document.fences
    .filter(({ language }) => shells.includes(language))
    .flatMap(({ code, line }) => {
      const lines = code.split("\n");
      return lines.flatMap((_, index) => {
        const command = joined(lines, index);
        return command === undefined
          ? []
          : queriesOf(command).map((expr) => ({
              expr,
              subject: { file: runbookFile(document), line: line + 1 + index + offsetOf(command, expr) },
            }));
      });
    });
}

/** A command with the lines that it continues on; undefined for a line that continues another one. */
function joined(lines: readonly string[], index: number): string | undefined {
  if (/\\\s*$/.test(lines[index - 1] ?? "")) return undefined;
  const end = lines.findIndex((line, at) => at >= index && !/\\\s*$/.test(line));
  return lines.slice(index, end < 0 ? undefined : end + 1).join("\n");
}

function offsetOf(command: string, expr: string): number {
  const at = command.indexOf(expr.split("\n")[0] ?? expr);
  return at < 0 ? 0 : command.slice(0, at).split("\n").length - 1;
}

function queriesOf(command: string): readonly string[] {
  const asked = /\/api\/v1\/query(?:_range)?\b/.test(command)
    ? [
        ...command.matchAll(
          /(?:^|\s)(?:--data-urlencode|--data|-d)\s+(?:'query=([^']*)'|"query=((?:\\.|[^"\\])*)"|query=(\S+))/g,
        ),
      ].map(([, single, double, bare]) => single ?? double?.replace(/\\(["$`\\])/g, "$1") ?? bare ?? "")
    : [];
  const inAddress = [...command.matchAll(/\/api\/v1\/query(?:_range)?\?(?:[^\s'"]*&)?query=([^&'"\s]+)/g)].map(([, text = ""]) =>
    decoded(text),
  );
  const promtool = [
    ...command.matchAll(/\bpromtool\s+query\s+instant\s+(?:--?\S+\s+)*\S+\s+(?:'([^']*)'|"((?:\\.|[^"\\])*)")/g),
  ].map(([, single, double]) => single ?? double?.replace(/\\(["$`\\])/g, "$1") ?? "");
  // A shell's variable within a query may be anything.
  return [...asked, ...inAddress, ...promtool].filter(
    (expr) => expr !== "" && (!/\$[\w{(]/.test(expr) || parsePromql(expr) !== undefined),
  );
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return "";
  }
}
