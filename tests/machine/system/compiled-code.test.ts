import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, it } from "@jest/globals";

const source = resolve(__dirname, "../../../machine/system");

describe("code that was compiled at an earlier start", () => {
  let root = "";
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "compiled-code-"));
    mkdirSync(join(root, "machine", "system"), { recursive: true });
    for (const name of ["compiled-code.cjs", "kept-code.cjs", "text-key.cjs"])
      copyFileSync(join(source, name), join(root, "machine", "system", name));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  /** What a start prints that runs this text. */
  function run(text: string): string {
    const main = join(root, "main.js");
    writeFileSync(main, text);
    const hook = join(root, "machine", "system", "compiled-code.cjs");
    const { stdout, stderr } = spawnSync(process.execPath, ["--require", hook, main], { encoding: "utf8" });
    return stdout + stderr;
  }

  function keptFiles(): readonly string[] {
    const names = readdirSync(join(root, ".cache"), { recursive: true, encoding: "utf8" });
    return names.map((name) => join(root, ".cache", name)).filter((path) => statSync(path).isFile());
  }

  it("is not run when the file says something else now, though it is as long", () => {
    assert.deepEqual([run("console.log(1)"), run("console.log(1)"), run("console.log(2)")], ["1\n", "1\n", "2\n"]);
  });

  it("is kept between starts", () => {
    run("console.log(1)");
    assert.ok(keptFiles().length > 0);
  });

  it("is compiled anew where what was kept is damaged or cut off", () => {
    run("console.log(1)");
    const harms: readonly ((bytes: Buffer) => Buffer)[] = [
      (bytes) => bytes.fill(7, bytes.length >> 1),
      (bytes) => bytes.fill(255),
      (bytes) => bytes.subarray(0, 100),
      (bytes) => bytes.subarray(0, -1),
      () => Buffer.alloc(0),
    ];
    for (const damaged of harms) {
      for (const file of keptFiles()) writeFileSync(file, damaged(readFileSync(file)));
      assert.equal(run("console.log(1)"), "1\n");
    }
  });

  it("has what modules have: what is required, resolved, imported, and where it stands", () => {
    writeFileSync(join(root, "other.js"), "exports.name = require('node:path').basename(__filename)");
    const text = `#!/usr/bin/env node
      const { name } = require("./other.js");
      console.log(name, require.resolve("./other.js") === __dirname + require("path").sep + "other.js", require.main === module);
      import("./other.js").then((other) => console.log(other.name));`;
    assert.deepEqual([run(text), run(text)], ["other.js true true\nother.js\n", "other.js true true\nother.js\n"]);
  });

  it("tells where an error is", () => {
    const [first, second] = [run("null.x"), run("null.x")];
    for (const printed of [first, second]) assert.match(printed, /main\.js:1:6/);
    assert.match(run("const = 1"), /main\.js:1\n[\s\S]*SyntaxError/);
  });
});
