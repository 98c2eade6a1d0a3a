import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, it } from "@jest/globals";

const hook = resolve(__dirname, "../../../machine/system/typescript-hook.cjs");

/** What a process prints that loads a file of a project through the hook. */
function run(folder: string, source: string): { readonly printed: string; readonly failed: string } {
  writeFileSync(join(folder, "hooked.ts"), source);
  const { stdout, stderr } = spawnSync(process.execPath, ["--require", hook, join(folder, "hooked.ts")], {
    cwd: folder,
    encoding: "utf8",
  });
  return { printed: stdout, failed: stderr };
}

function inFolder(test: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "hook-"));
  mkdirSync(join(folder, "sub"));
  try {
    test(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the hook keeps of a file, by its place in its folder: the code and the source map. */
function keptOf(name: string): readonly string[] {
  const folder = resolve(__dirname, "../../../.cache/typescript");
  const files = readdirSync(folder).filter((file) => [`${name}.js`, `${name}.map`].includes(file));
  return files.map((file) => join(folder, file));
}

const harms: readonly ((file: string) => void)[] = [
  (file) =>
    writeFileSync(
      file,
      readFileSync(file, "utf8")
        .replace("null", "true")
        .replace(/[A-Z](?=[A-Z])/, "q"),
    ),
  (file) => writeFileSync(file, readFileSync(file).subarray(0, -3)),
  (file) => writeFileSync(file, ""),
  (file) => rmSync(file),
];

describe("the TypeScript hook", () => {
  it("loads a file as it is now, although it keeps what it has compiled", () => {
    inFolder((folder) => {
      writeFileSync(join(folder, "sub", "other.ts"), "export const two = 2 satisfies number;\n");
      const source = (text: string): string => `import { two } from "./sub/other";\nconsole.log(${text}, two);\n`;
      assert.equal(run(folder, source('"a"')).printed, "a 2\n");
      assert.equal(run(folder, source('"a"')).printed, "a 2\n");
      assert.equal(run(folder, source('"b"')).printed, "b 2\n");
    });
  });

  it("tells of a failure the line that people wrote, however it was compiled", () => {
    const source = `interface Gone {\n  readonly a: string;\n}\n\nfunction fail(value: Gone): never {\n  throw new Error(value.a);\n}\n\nfail({ a: "x" });\n`;
    inFolder((folder) => {
      for (const time of ["first", "from what was kept"]) {
        const { failed } = run(folder, source);
        assert.match(failed, /Error: x\n\s+at fail \(.*hooked\.ts:6:9\)\n\s+at .*hooked\.ts:9:1\)?\n/, time);
      }
    });
  });

  it("compiles anew where what it kept is damaged, cut off or gone", () => {
    const source = `interface Unused {}\n\n\nnull.x;\n`;
    inFolder((folder) => {
      const { failed } = run(folder, source);
      assert.match(failed, /hooked\.ts:4:/);
      for (const harm of harms) {
        for (const file of keptOf("hooked.ts")) harm(file);
        assert.equal(run(folder, source).failed, failed);
      }
    });
  });

  it("says where a file is no TypeScript", () => {
    inFolder((folder) => {
      assert.match(run(folder, "const a = ;\n").failed, /hooked\.ts:1:10: ERROR: Unexpected ";"/);
    });
  });
});
