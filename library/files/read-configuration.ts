import { existsSync, readFileSync } from "node:fs";
import { LineCounter, isNode, parseDocument } from "yaml";
import { configurationSchema, type Configuration } from "../../core/load/files/configuration";
import { UsageError } from "../../machine/system/user-error";

/** The name of the configuration where none is given. */
export const defaultConfiguration = "chain.yaml";

/**
 * Reads chain.yaml.
 * @throws UsageError with everything that is wrong with it, each with its line: then nothing could be checked.
 */
export function readConfiguration(path: string): Configuration {
  if (!existsSync(path)) throw new UsageError(`There is no ${path}. Write one: chain init`);
  const lines = new LineCounter();
  const document = parseDocument(readFileSync(path, "utf8"), { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) throw new UsageError(`${path}:${lines.linePos(error.pos[0]).line} is no YAML: ${error.message}`);
  const parsed = configurationSchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path: keys, message }) => {
    const node = keys.length === 0 ? document.contents : document.getIn(keys, true);
    const line = isNode(node) && node.range ? `:${lines.linePos(node.range[0]).line}` : "";
    return `${path}${line} ${keys.length === 0 ? "" : `\`${keys.join(".")}\`: `}${message}.`;
  });
  throw new UsageError(problems.join("\n"));
}
