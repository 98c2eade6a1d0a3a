import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { writeSite } from "../../../machine/show/write-site";
import { temporaryFolder } from "../temporary-folder";

describe("a site that is written to a folder", () => {
  it("takes the place of the former one, and leaves nothing of it", () => {
    const folder = join(temporaryFolder(), "public");
    writeSite(
      folder,
      new Map([
        ["index.html", "old"],
        ["alerts/Gone/index.html", "gone"],
      ]),
    );
    writeSite(folder, new Map([["index.html", "new"]]));
    assert.equal(readFileSync(join(folder, "index.html"), "utf8"), "new");
    assert.equal(existsSync(join(folder, "alerts/Gone/index.html")), false);
  });

  it("is written into an empty folder", () => {
    const folder = temporaryFolder();
    writeSite(folder, new Map([["index.html", "new"]]));
    assert.equal(readFileSync(join(folder, "index.html"), "utf8"), "new");
  });

  it("is refused where something else is, which stays", () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "photos"));
    assert.throws(
      () => writeSite(folder, new Map([["index.html", "new"]])),
      /holds something that is no site of ours \(such as photos\)/,
    );
    assert.equal(existsSync(join(folder, "index.html")), false);
  });

  it("removes nothing outside its folder, whatever its list says", () => {
    const parent = temporaryFolder();
    const folder = join(parent, "public");
    writeFileSync(join(parent, "mine.txt"), "mine");
    writeSite(folder, new Map([["index.html", "old"]]));
    writeFileSync(join(folder, ".dark-tower-site"), "../mine.txt\nindex.html\n");
    writeSite(folder, new Map([["index.html", "new"]]));
    assert.equal(readFileSync(join(parent, "mine.txt"), "utf8"), "mine");
  });
});
