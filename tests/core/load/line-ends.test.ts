import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { loadRunbookFolder, loadSectionsFile } from "../../../core/load/runbooks";
import { temporaryFolder } from "../../machine/temporary-folder";

const root = resolve(__dirname, "../../..");
const checkedOut = temporaryFolder();

/** The runbooks as a checkout has them that turns line ends into those of Windows. */
function copyWithWindowsLineEnds(): readonly string[] {
  const files = readdirSync(join(root, "runbooks"), { recursive: true, encoding: "utf8" }).filter((name) =>
    /\.(md|ts)$/.test(name),
  );
  for (const name of files) {
    const target = join(checkedOut, "runbooks", name);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, readFileSync(join(root, "runbooks", name), "utf8").replace(/\r?\n/g, "\r\n"));
  }
  return files;
}

describe("a checkout with the line ends of Windows", () => {
  const files = copyWithWindowsLineEnds();

  it("has the same runbooks and the same sections", () => {
    assert.ok(files.length > 3);
    assert.deepEqual(loadRunbookFolder(checkedOut), loadRunbookFolder(root));
    assert.equal(loadSectionsFile(checkedOut), loadSectionsFile(root));
  });

  it("is none that git makes of this repository", () => {
    const paths = files.map((name) => join("runbooks", name));
    const told = execFileSync("git", ["check-attr", "eol", "--", ...paths], { cwd: root, encoding: "utf8" });
    assert.deepEqual(
      told
        .trim()
        .split("\n")
        .filter((line) => !line.endsWith(": eol: lf")),
      [],
    );
  });
});
