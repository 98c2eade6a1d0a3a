import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, describe, it } from "@jest/globals";

interface Known {
  readonly key: string;
  readonly by: number;
  readonly code: () => Buffer | undefined;
}

interface Opened {
  readonly starts: string[];
  readonly modules: Map<string, Known>;
  readonly close: () => void;
}

interface Fresh {
  readonly key: string;
  readonly by: number;
  readonly script: { readonly createCachedData: () => Buffer };
  readonly used?: Buffer;
}

interface KeptCode {
  readonly openKept: (file: string) => Opened;
  readonly keep: (all: Omit<Opened, "modules"> & { file: string; kept: Map<string, Known>; fresh: Map<string, Fresh> }) => void;
}

describe("the file of compiled code", () => {
  const { openKept, keep } = createRequire(__filename)(resolve(__dirname, "../../../machine/system/kept-code.cjs")) as KeptCode;
  let [folder, file, a, b] = ["", "", "", ""];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "kept-code-"));
    file = join(folder, "new", "kept");
    [a, b] = [join(folder, "a.js"), join(folder, "b.js")];
    for (const path of [a, b]) writeFileSync(path, "");
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  function add(path: string, code: string, used?: string): void {
    const { starts, modules: kept, close } = openKept(file);
    const script = { createCachedData: () => Buffer.from(code) };
    const fresh = new Map([[path, { key: "k", by: 1, script, ...(used !== undefined && { used: Buffer.from(used) }) }]]);
    keep({ file, starts: [...starts, path], kept, fresh, close });
  }

  function contents(): readonly (string | undefined)[] {
    const { modules, close } = openKept(file);
    const found = [a, b].map((path) => modules.get(path)?.code()?.toString());
    close();
    return found;
  }

  it("has what several starts have added", () => {
    add(a, "code of a");
    add(b, "code of b");
    assert.deepEqual(contents(), ["code of a", "code of b"]);
    const { starts, modules, close } = openKept(file);
    assert.deepEqual([starts, modules.get(a)?.key, modules.get(a)?.by], [[a, b], "k", 1]);
    close();
  });

  it("takes what has more functions: what was used, or what is compiled now", () => {
    add(a, "with more functions", "used");
    add(b, "now", "with more functions");
    assert.deepEqual(contents(), ["with more functions", "with more functions"]);
  });

  it("leaves out the modules that are gone", () => {
    add(a, "code of a");
    rmSync(a);
    add(b, "code of b");
    assert.deepEqual(contents(), [undefined, "code of b"]);
  });

  it("gives nothing of what is damaged, and all of the rest", () => {
    add(a, "code of a");
    add(b, "code of b");
    const bytes = readFileSync(file);
    for (let at = 0; at < bytes.length; at++) {
      const harmed = Buffer.from(bytes);
      harmed.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      writeFileSync(file, harmed);
      const right = ["code of a", "code of b"];
      const found = contents();
      assert.ok(
        found.every((code, index) => code === undefined || code === right[index]),
        `byte ${at}`,
      );
      assert.ok(at < bytes.indexOf("code of a") || found.includes("code of a") || found.includes("code of b"), `byte ${at}`);
    }
  });

  it("gives nothing of what is cut off", () => {
    add(a, "code of a");
    const bytes = readFileSync(file);
    for (let length = 0; length < bytes.length; length++) {
      writeFileSync(file, bytes.subarray(0, length));
      assert.deepEqual(contents(), [undefined, undefined]);
    }
  });
});
