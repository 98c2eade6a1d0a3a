import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Finding } from "../model/finding";

/**
 * The findings with file and line of the declaration that they are about: of `services/mc/alerts.ts`, name
 * `MCActorPanic`, the file of that folder and the line on which the name is written.
 */
export function locateFindings<F extends Finding>(projectRoot: string, findings: readonly F[]): readonly F[] {
  return findings.map((finding) => {
    const { file, name, line } = finding.subject;
    const folder = file.startsWith("services/") ? dirname(file) : undefined;
    const place =
      folder !== undefined && name !== undefined && line === undefined ? findName(projectRoot, folder, name) : undefined;
    return place ? { ...finding, subject: { ...finding.subject, ...place } } : finding;
  });
}

function findName(projectRoot: string, folder: string, name: string): { file: string; line: number } | undefined {
  const quoted = JSON.stringify(name.slice(name.indexOf("/") + 1)); // a panel's name is dashboard/panel
  if (!existsSync(join(projectRoot, folder))) return undefined;
  const files = readdirSync(join(projectRoot, folder)).filter((file) => file.endsWith(".ts"));
  for (const file of files) {
    const lines = readFileSync(join(projectRoot, folder, file), "utf8").split("\n");
    const index = lines.findIndex(
      (line) =>
        line.includes(`(${quoted}`) ||
        line.includes(`uid: ${quoted}`) ||
        line.includes(`name: ${quoted}`) ||
        line.includes(`id: ${quoted}`),
    );
    if (index >= 0) return { file: `${folder}/${file}`, line: index + 1 };
  }
  return undefined;
}
