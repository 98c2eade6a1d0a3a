import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, it } from "@jest/globals";
import { loadRunbooks, loadSectionsFile } from "../../../core/load/runbooks";

const root = mkdtempSync(join(tmpdir(), "runbooks-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

describe("the runbooks", () => {
  it("are the Markdown files of the services' folders, in the order of their paths", () => {
    for (const folder of ["mc", "gc/more"]) mkdirSync(join(root, "runbooks", folder), { recursive: true });
    for (const file of ["mc/b.md", "mc/a.md", "gc/more/c.md", "mc/notes.txt", "README.md"]) {
      writeFileSync(join(root, "runbooks", file), `# ${file}`);
    }
    assert.deepEqual(
      [...loadRunbooks(root)].map(({ path, text }) => [path, text]),
      [
        ["gc/more/c.md", "# gc/more/c.md"],
        ["mc/a.md", "# mc/a.md"],
        ["mc/b.md", "# mc/b.md"],
      ],
    );
  });

  it("stand in a folder of that name", () => {
    assert.throws(() => loadRunbooks(join(root, "elsewhere")), {
      message: `There is no folder ${join(root, "elsewhere", "runbooks")}: put it beside Pulumi.yaml, with the runbooks in runbooks/<service>/.`,
    });
  });

  it("have no sections file before the first npm run generate", () => {
    assert.equal(loadSectionsFile(root), "");
    writeFileSync(join(root, "runbooks", "sections.ts"), "export const runbooks = {};\n");
    assert.equal(loadSectionsFile(root), "export const runbooks = {};\n");
  });
});
