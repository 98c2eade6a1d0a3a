import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { loadRunbooks, loadSectionsFile, sectionsPath } from "../load/runbooks";
import { rewriteBlocks } from "../render/runbook-blocks";
import { renderSectionsFile } from "../render/sections-file";

/** `npm run generate`: writes the sections file and the marked blocks of the runbooks; a second run changes nothing. */
export async function main(): Promise<number> {
  const root = join(__dirname, "..");
  const written = [...writeSections(root), ...(await writeBlocks(root))];
  console.log(written.length === 0 ? "Everything generated is up to date." : `Wrote ${written.join(", ")}.`);
  return 0;
}

function writeSections(root: string): readonly string[] {
  const text = renderSectionsFile(loadRunbooks(root));
  if (text === loadSectionsFile(root)) return [];
  writeFileSync(join(root, sectionsPath), text);
  return [sectionsPath];
}

async function writeBlocks(root: string): Promise<readonly string[]> {
  // Not before the sections are written: the services read them when they are loaded.
  const { loadProject } = await import("../project.js");
  const model = loadProject(root);
  return model.runbooks.flatMap((document) => {
    const text = rewriteBlocks(model, document);
    if (text === document.text) return [];
    const path = `runbooks/${document.path}`;
    writeFileSync(join(root, path), text);
    return [path];
  });
}
