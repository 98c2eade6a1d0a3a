import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadRunbooks, loadSectionsFile, sectionsPath } from "../core/load/runbooks";
import type { Model } from "../core/model/model";
import { rewriteBlocks } from "../core/render/runbook-blocks";
import { renderSectionsFile } from "../core/render/sections-file";

/**
 * Writes `runbooks/sections.ts` from the headings of a program's runbooks, so that a link to a heading that nobody
 * wrote does not compile. Returns the paths of what changed.
 */
export function writeSections(projectRoot: string): readonly string[] {
  const text = renderSectionsFile(loadRunbooks(projectRoot));
  if (text === loadSectionsFile(projectRoot)) return [];
  writeFileSync(join(projectRoot, sectionsPath), text);
  return [sectionsPath];
}

/** Fills the blocks of the runbooks that name a panel with its queries. Returns the paths of what changed. */
export function writeBlocks(projectRoot: string, model: Model): readonly string[] {
  return model.runbooks.flatMap((document) => {
    const text = rewriteBlocks(model, document);
    if (text === document.text) return [];
    const path = `runbooks/${document.path}`;
    writeFileSync(join(projectRoot, path), text);
    return [path];
  });
}
