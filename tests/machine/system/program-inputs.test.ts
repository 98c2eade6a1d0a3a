import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, it } from "@jest/globals";
import { hashInputs, isInput } from "../../../machine/system/program-inputs";
import { temporaryFolder } from "../temporary-folder";

const rows: readonly (readonly [path: string, isInput: boolean])[] = [
  ["index.ts", true],
  ["services/mc/alerts.ts", true],
  ["runbooks/mc/incident-response.md", true],
  ["runbooks/docs/incident-response.md", true],
  ["Pulumi.yaml", true],
  ["Pulumi.dev.yaml", true],
  ["Pulumi.prod.yaml", false],
  ["package.json", true],
  ["package-lock.json", true],
  ["tsconfig.json", true],
  ["core/model/data.json", true],
  ["README.md", false],
  ["preview.json", false],
  ["tests/core/model/alert.test.ts", false],
  ["docs/slos.md", false],
  ["examples/one-service/index.ts", false],
  [".github/workflows/preview.yml", false],
  ["library/dist/library/index.d.ts", false],
  ["services/docs/index.ts", true],
];

describe("what stack dev is deployed from", () => {
  for (const [path, expected] of rows)
    it(`${expected ? "may be" : "is not"} ${path}`, () => {
      assert.equal(isInput(path, "dev"), expected);
    });

  it("has another hash when one of its files has other content, another name, or is gone", () => {
    const hashes = [{ "a.ts": "1" }, { "a.ts": "2" }, { "b.ts": "1" }, { "a.ts": "1", "b.ts": "" }, {}].map(hashOf);
    assert.equal(new Set(hashes).size, hashes.length);
  });

  it("has the same hash wherever it lies, whatever else changes", () => {
    const inputs = { "a.ts": "1", "Pulumi.dev.yaml": "config: {}" };
    const others = { "README.md": "x", "tests/a.test.ts": "x", "Pulumi.prod.yaml": "x", "library/dist/a.d.ts": "x" };
    assert.equal(hashOf(inputs), hashOf({ ...inputs, ...others }));
    assert.notEqual(hashOf(inputs), hashOf({ ...inputs, "runbooks/docs/a.md": "x" }));
  });
});

function hashOf(files: Readonly<Record<string, string>>): string {
  const root = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return hashInputs(root, "dev");
}
