import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { fillOnce } from "../../../machine/system/fill-once";
import { temporaryFolder } from "../temporary-folder";

describe("a folder that is filled once", () => {
  it("is not there after a failure, nor is anything of it", async () => {
    const parent = temporaryFolder();
    const failing = fillOnce(join(parent, "thing"), (folder) => {
      writeFileSync(join(folder, "half"), "");
      return Promise.reject(new Error("the disk is full"));
    });
    await assert.rejects(failing, /the disk is full/);
    assert.equal(readdirSync(parent).join(), "");
  });

  it("is not filled again", async () => {
    const folder = join(temporaryFolder(), "thing");
    await fillOnce(folder, () => Promise.resolve());
    await fillOnce(folder, () => Promise.reject(new Error("filled again")));
  });

  it("removes what a killed process left, unless that is young: its process may run elsewhere", async () => {
    const parent = temporaryFolder();
    const [old, young] = ["a.99999999.abcd.unfinished", "b.99999999.abcd.unfinished"].map((name) => join(parent, name));
    for (const folder of [old, young]) mkdirSync(folder ?? "");
    const yesterday = new Date(Date.now() - 86_400_000);
    utimesSync(old ?? "", yesterday, yesterday);
    await fillOnce(join(parent, "thing"), () => Promise.resolve());
    assert.deepEqual(
      [old, young].map((folder) => existsSync(folder ?? "")),
      [false, true],
    );
  });
});
