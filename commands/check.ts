import { resolve } from "node:path";
import { checks } from "../checks";
import { locateFindings } from "../load/source-lines";
import { loadStackFile, stackNames } from "../load/stack-file";
import { readOptions } from "../local/command-line";
import { requireStack } from "../local/stack-files";
import { UserError } from "../local/user-error";
import type { Finding } from "../model/finding";
import type { Model } from "../model/model";
import { loadProject, prepareDeployment } from "../project";
import { countFindings, renderFindings } from "../render/findings";
import { renderSarif } from "../render/sarif";

const formats = ["text", "json", "sarif"];

const usage = `Usage: npm run check [-- options]

  --stack <name>     check what this stack deploys; without it: every stack
  --format <format>  ${formats.join(", ")}; without it: text`;

const options = {
  stack: { type: "string" },
  format: { type: "string", default: "text" },
} as const;

/** `npm run check`: every check, with the settings of every stack. Exits with 1 when there is an error. */
export function main(args: string[]): Promise<number> {
  const { stack, format } = readOptions(args, options, usage);
  if (!formats.includes(format)) throw new UserError(`There is no format "${format}".\n${usage}`);
  const root = resolve(__dirname, "..");
  if (stack !== undefined) requireStack(root, stack);
  const project = loadProject(root);
  const findings = unique((stack === undefined ? stackNames(root) : [stack]).flatMap((name) => check(root, project, name)));
  console.log(render(locateFindings(root, findings), format));
  return Promise.resolve(findings.some(({ severity }) => severity === "error") ? 1 : 0);
}

function check(root: string, project: Model, stack: string): readonly Finding[] {
  const values = loadStackFile(root, stack);
  if ("findings" in values) return values.findings;
  const prepared = prepareDeployment(project, stack, values.value);
  return "findings" in prepared ? prepared.findings : prepared.value.warnings;
}

/** Stacks share most of what they deploy: what is wrong in all of them is said once. */
function unique(findings: readonly Finding[]): readonly Finding[] {
  return [...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values()];
}

function render(findings: readonly Finding[], format: string): string {
  if (format === "json") return JSON.stringify({ findings }, null, 2);
  if (format === "sarif") return renderSarif(findings, [...checks, { id: "settings", description: "The settings of a stack." }]);
  return findings.length === 0 ? `${checks.length} checks: ${countFindings(findings)}.` : renderFindings(findings);
}
