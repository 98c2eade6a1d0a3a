import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterEach, beforeEach, describe, it } from "@jest/globals";

const hook = resolve(__dirname, "../../../machine/system/nearby-files.cjs");

describe("a file that a package names by its place", () => {
  let root = "";
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "nearby-files-")));
    const files = [
      "a.js",
      "a/index.js",
      "b.json",
      "c/index.js",
      "d/package.json",
      "d/e.js",
      "f",
      "f.js",
      "g/h.js",
      ".i.js",
      "x y.js",
    ];
    for (const file of files) write(`node_modules/p/${file}`, file.endsWith("package.json") ? '{ "main": "e" }' : content(file));
    write("node_modules/q/real.js", content("real"));
    symlinkSync(join(root, "node_modules", "q", "real.js"), join(root, "node_modules", "p", "link.js"));
    symlinkSync(join(root, "node_modules", "q"), join(root, "node_modules", "p", "linked"));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  function content(name: string): string {
    return name.endsWith(".json") ? JSON.stringify({ name }) : `exports.name = ${JSON.stringify(name)};`;
  }

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  /** What each name leads to, asked twice, in a process with the hook or without it. */
  function found(from: string, names: readonly string[], options: readonly string[]): string {
    write(
      from,
      `for (const name of ${JSON.stringify([...names, ...names])}) {
        try { console.log(name, require.resolve(name), require(name).name); } catch (error) { console.log(name, error.code, error.message.split("\\n")[0]); }
      }
      console.log(require.resolve("./a", { paths: [${JSON.stringify(join(root, "node_modules"))} + "/p"] }));`,
    );
    const { stdout, stderr } = spawnSync(process.execPath, [...options, join(root, from)], { encoding: "utf8" });
    return stdout + stderr;
  }

  const names = [
    ...[
      "./a",
      "./a.js",
      "./a/",
      "./a/index",
      "./b",
      "./b.json",
      "./c",
      "./c/",
      "./d",
      "./f",
      "./f.js",
      "./g/h",
      "./g/../a",
      "./.i",
    ],
    ...[
      "../p/a",
      "./../p/g/h.js",
      "././a",
      "../../node_modules/p/a",
      ".",
      "..",
      "./x y",
      "./link",
      "./linked/real",
      "./gone",
      "../gone/a",
    ],
  ];
  for (const from of ["node_modules/p/main.js", "node_modules/p/g/main.js", "main.js"])
    it(`is the one that Node finds, from ${from}`, () => {
      assert.equal(found(from, names, ["--require", hook]), found(from, names, []));
    });
});
