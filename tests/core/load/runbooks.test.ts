import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, it } from "@jest/globals";
import { loadRunbookFolder, loadRunbooks, loadSectionsFile } from "../../../core/load/runbooks";

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

  it("take with them the files beside them to which they link, and no others", () => {
    const other = mkdtempSync(join(tmpdir(), "runbooks-"));
    mkdirSync(join(other, "runbooks", "mc", "img"), { recursive: true });
    for (const [file, content] of Object.entries({
      "a.md": "![a](img/a%20b.svg) [b](notes.txt?x#y) <img src='c.png'> [d](img) [e](https://example.com/e.txt)",
      "img/a b.svg": "<svg/>",
      "notes.txt": "notes",
      "c.png": "png",
      "secret.txt": "nobody links here",
    }))
      writeFileSync(join(other, "runbooks", "mc", file), content);
    assert.deepEqual(
      [...loadRunbookFolder(other).runbookFiles].map(({ path, base64 }) => [path, Buffer.from(base64, "base64").toString()]),
      [
        ["mc/c.png", "png"],
        ["mc/img/a b.svg", "<svg/>"],
        ["mc/notes.txt", "notes"],
      ],
    );
    rmSync(other, { recursive: true });
  });

  it("are no symbolic links, no folders and no other bytes than text, and what is not read is told", () => {
    const other = mkdtempSync(join(tmpdir(), "runbooks-"));
    const folder = join(other, "runbooks", "mc");
    mkdirSync(join(folder, "folder.md"), { recursive: true });
    writeFileSync(join(other, "private.txt"), "a secret of this machine");
    mkdirSync(join(other, "elsewhere"));
    writeFileSync(join(other, "elsewhere", "b.md"), "# Not followed");
    writeFileSync(join(folder, "bytes.md"), Buffer.from([0x23, 0x20, 0xff]));
    writeFileSync(join(folder, "nul.md"), "# A\0");
    writeFileSync(join(folder, "windows.md"), "\uFEFF# A\r\n\r\nText\r\n");
    symlinkSync(join(other, "private.txt"), join(folder, "out.md"));
    symlinkSync(join(folder, "windows.md"), join(folder, "in.md"));
    symlinkSync(join(folder, "gone.md"), join(folder, "broken.md"));
    symlinkSync(join(other, "elsewhere"), join(folder, "more"));
    const latin1 = Buffer.from(join(folder, "caf\xe9.md"), "latin1");
    writeFileSync(latin1, "# A\n");
    const { runbooks, unreadableRunbooks } = loadRunbookFolder(other);
    unlinkSync(latin1);
    assert.deepEqual(
      [...runbooks].map(({ path, text }) => [path, text]),
      [["mc/windows.md", "# A\n\nText\n"]],
    );
    assert.deepEqual(Object.fromEntries([...unreadableRunbooks].map(({ path, why }) => [path, why])), {
      "mc/broken.md": "is a symbolic link that leads nowhere. Put a file there.",
      "mc/caf\uFFFD.md": "has a name that is no UTF-8. Rename it.",
      "mc/bytes.md": "is no text: it holds bytes that are no UTF-8. Save it as UTF-8.",
      "mc/folder.md": "is no file, though its name ends in .md. Rename it.",
      "mc/in.md":
        "is a symbolic link, and links are not followed: what they lead to would be published. Put the file itself there.",
      "mc/more":
        "is a symbolic link out of runbooks/, and links are not followed: what they lead to would be published. Put the file itself there.",
      "mc/nul.md": "is no text: it holds the byte NUL. Save it as UTF-8.",
      "mc/out.md":
        "is a symbolic link out of runbooks/, and links are not followed: what they lead to would be published. Put the file itself there.",
    });
    rmSync(other, { recursive: true });
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
