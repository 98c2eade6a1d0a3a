import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, it } from "@jest/globals";
import { loadSettingDeclarations, loadStackFile, stackNames } from "../../../core/load/stack-file";

const root = mkdtempSync(join(tmpdir(), "stack-file-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});

writeFileSync(
  join(root, "Pulumi.yaml"),
  `name: dark-tower-observability
config:
  grafanaUrl: { type: string, description: Where it is., default: "http://localhost:3000" }
  services: { type: array, items: { type: string }, default: [] }
`,
);

function load(text: string) {
  writeFileSync(join(root, "Pulumi.test.yaml"), text);
  return loadStackFile(root, "test");
}

describe("a stack's file", () => {
  it("is read over the defaults of Pulumi.yaml", () => {
    assert.deepEqual(load('config: { "dark-tower-observability:services": [mc], "dark-tower-observability:other": 1 }'), {
      value: { grafanaUrl: "http://localhost:3000", services: ["mc"], other: 1 },
    });
  });

  it("may set what belongs to providers, which are not this program's settings", () => {
    assert.deepEqual(load('config: { "kubernetes:namespace": x }'), {
      value: { grafanaUrl: "http://localhost:3000", services: [] },
    });
  });

  for (const text of ["", "config:", "config: text", "encryptionsalt: v1:abc"]) {
    it(`may hold no setting: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(load(text), { value: { grafanaUrl: "http://localhost:3000", services: [] } });
    });
  }

  it("may be missing", () => {
    assert.deepEqual(loadStackFile(root, "nowhere"), { value: { grafanaUrl: "http://localhost:3000", services: [] } });
  });

  it("may hold an encrypted token", () => {
    assert.ok("value" in load('config: { "dark-tower-observability:grafanaToken": { secure: AAAB } }'));
  });

  it("is refused with a token that everybody can read, which the message does not repeat", () => {
    assert.deepEqual(load('config: { "dark-tower-observability:grafanaToken": glsa_example }'), {
      findings: [
        {
          check: "settings",
          severity: "error",
          subject: { file: "Pulumi.test.yaml", name: "grafanaToken" },
          message: "is readable in the file. Revoke the token, then run `pulumi config set --secret grafanaToken --stack test`.",
        },
      ],
    });
  });
});

describe("Pulumi.yaml", () => {
  it("declares the settings with their descriptions and defaults", () => {
    assert.deepEqual(loadSettingDeclarations(root), [
      { key: "grafanaUrl", description: "Where it is.", default: "http://localhost:3000" },
      { key: "services", description: "", default: [] },
    ]);
  });
});

describe("the stacks", () => {
  it("are those that have a file, in alphabetical order", () => {
    for (const file of ["Pulumi.prod.yaml", "Pulumi.dev.yaml", "Pulumi.eu.west-1.yaml", "Pulumi.dev.yaml.bak"])
      writeFileSync(join(root, file), "");
    assert.deepEqual(
      [...stackNames(root)].filter((name) => name !== "test"),
      ["dev", "eu.west-1", "prod"],
    );
  });
});
