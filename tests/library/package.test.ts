import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { z } from "zod";

const root = resolve(__dirname, "../..");
const versions = z.record(z.string(), z.string()).default({});
const packageFile = z.object({
  version: z.string().optional(),
  engines: z.record(z.string(), z.string()).optional(),
  dependencies: versions,
  devDependencies: versions,
  peerDependencies: versions,
});

function readPackage(folder: string): z.infer<typeof packageFile> {
  return packageFile.parse(JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8")));
}

describe("what stands in two places", () => {
  const program = readPackage(".");
  const library = readPackage("library");
  const example = readPackage("examples/one-service");
  const second = readPackage("examples/two-services");

  for (const [folder, { dependencies, devDependencies, peerDependencies }] of Object.entries({
    library,
    "examples/one-service": example,
    "examples/two-services": second,
  })) {
    it(`${folder}/package.json asks for the versions that package.json pins`, () => {
      const pinned: Readonly<Record<string, string>> = { ...program.devDependencies, ...program.dependencies };
      const asked = Object.entries({ ...dependencies, ...devDependencies, ...peerDependencies }).filter(
        ([, version]) => !version.startsWith("file:"),
      );
      assert.deepEqual(
        asked.map(([name, version]) => `${name} ${version.replace("^", "")}`),
        asked.map(([name]) => `${name} ${pinned[name] ?? "is not there"}`),
      );
    });
  }

  it("the example installs the tarball that the library is packed as", () => {
    assert.equal(example.dependencies["@dark-tower/observability"], `file:dark-tower-observability-${library.version ?? ""}.tgz`);
    assert.deepEqual([library.version, library.engines], [program.version, program.engines]);
  });

  it("the library's README shows the example's files", () => {
    const readme = readFileSync(join(root, "library", "README.md"), "utf8");
    const shown = [...readme.matchAll(/<!-- (examples\/\S+) -->\n\n```ts\n(.*?)```/gs)];
    assert.equal(shown.length, readme.split("<!-- examples/").length - 1);
    assert.ok(shown.length > 0);
    for (const [, file = "", text] of shown) assert.equal(text, readFileSync(join(root, file), "utf8"), file);
  });
});
