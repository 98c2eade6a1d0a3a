import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { z } from "zod";
import { brokenLinks, deployedAlerts, filesIn, manifestsIn } from "../engine/deployed";
import { changesOf, failureOf } from "../engine/scratch-project";
import { type ExampleProgram, installExample } from "./example-program";
import { runWithPulumiHost } from "./pulumi-host";

const packageFile = z.object({
  dependencies: z.record(z.string(), z.string()),
  peerDependencies: z.record(z.string(), z.string()),
  exports: z.record(z.string(), z.union([z.string(), z.object({ types: z.string(), default: z.string() })])),
});

describe("the library, in a program outside this repository", () => {
  let example: ExampleProgram;
  beforeAll(async () => {
    example = await installExample("one-service");
  });
  afterAll(() => example.remove());

  it("names every package that its code requires", () => {
    const { dependencies, peerDependencies } = packageFile.parse(
      JSON.parse(example.read("node_modules/@dark-tower/observability/package.json")),
    );
    const code = filesIn(join(example.installed, "dist")).filter((file) => file.endsWith(".js"));
    const required = code.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/require\("((?:@[^/"]+\/)?[^./"][^/"]*)/g)].map(([, name]) => String(name)),
    );
    const named = new Set(Object.keys({ ...dependencies, ...peerDependencies }));
    assert.deepEqual(
      [...new Set(required)].filter((name) => !name.startsWith("node:") && !named.has(name)),
      [],
    );
  });

  it("is packed as compiled code with types for every entry, and nothing else", () => {
    assert.deepEqual([...readdirSync(example.installed)].sort(), [
      "LICENSE",
      "README.md",
      "chain.schema.json",
      "dist",
      "package.json",
    ]);
    assert.deepEqual([...readdirSync(join(example.installed, "dist"))].sort(), ["components", "core", "library", "machine"]);
    assert.deepEqual(
      filesIn(join(example.installed, "dist")).filter((file) => !/\.(d\.ts|js)$/.test(file)),
      [],
    );
    const { exports } = packageFile.parse(JSON.parse(example.read("node_modules/@dark-tower/observability/package.json")));
    assert.deepEqual(Object.keys(exports), [".", "./checks", "./testing", "./package.json"]);
    const targets = Object.values(exports).flatMap((entry) => (typeof entry === "string" ? [entry] : Object.values(entry)));
    assert.deepEqual(
      targets.filter((file) => !existsSync(join(example.installed, file))),
      [],
    );
  });

  it("lets a service be declared in under 60 lines", () => {
    assert.ok(example.read("services/mail/index.ts").trimEnd().split("\n").length < 60);
  });

  // The example itself asks for nodenext, which it is compiled with when it generates.
  for (const [module, moduleResolution] of [
    ["commonjs", "node10"],
    ["preserve", "bundler"],
  ] as const) {
    it(`has types where modules are resolved as "${moduleResolution}" says`, () => {
      const options = ["--noEmit", "--strict", "--target", "es2022", "--types", "node"];
      const modules = ["--module", module, "--moduleResolution", moduleResolution];
      assert.equal(example.run("npx", "tsc", ...options, ...modules, "index.ts", "model.ts", "rules.test.ts"), "");
    });
  }

  it("is type-checked, and finds everything generated up to date", () => {
    const files = ["runbooks/sections.ts", "runbooks/mail/incident-response.md"];
    const committed = files.map(example.read);
    example.run("npm", "run", "generate");
    assert.deepEqual(files.map(example.read), committed);
  });

  it("has commands that explain themselves and refuse what they do not know", () => {
    assert.match(example.run("npx", "chain", "check", "--help"), /^Usage: npx chain check \[options\]\n/);
    assert.match(example.run("npx", "chain", "check"), /^\d+ checks: 0 errors, 0 warnings\.\n$/);
    assert.match(example.run("npx", "chain", "--help"), / npx chain generate /);
    assert.match(example.run("npx", "chain", "--version"), /^\d+\.\d+\.\d+\n$/);
    assert.throws(() => example.run("npx", "chain", "check", "--nope"), /check has no option "--nope"\./);
  });

  it("runs the examples of the alerts, and the standard situations, in promtool", () => {
    assert.match(example.run("npm", "test"), /^# pass 2$/m);
  });

  it("is run by Pulumi's own Node host", () => {
    const result = runWithPulumiHost(example.root);
    assert.ok("registered" in result, "failure" in result ? result.failure : "");
    assert.deepEqual(result.registered.filter((type) => type.startsWith("kubernetes:")).sort(), [
      "kubernetes:core/v1:ConfigMap",
      "kubernetes:core/v1:ConfigMap",
      "kubernetes:monitoring.coreos.com/v1:PrometheusRule",
    ]);
  });

  it("deploys the service, its alert's links lead to what is deployed, and a renamed heading is refused", async () => {
    assert.deepEqual(changesOf(await example.up()), [
      "created mail-dashboards-mail",
      "created mail-rules",
      "created mail-runbooks",
    ]);
    assert.deepEqual(
      manifestsIn(example.deployed).map(({ kind, metadata }) => `${kind} ${metadata.name}`),
      ["ConfigMap dashboard-mail", "ConfigMap mail-runbooks", "PrometheusRule mail"],
    );
    assert.deepEqual(deployedAlerts(example.deployed), ["MailFailing"]);
    assert.deepEqual(brokenLinks(example.deployed), []);

    example.edit("runbooks/mail/incident-response.md", (text) => text.replace("Messages fail", "Mails fail"));
    assert.match(
      failureOf(await example.up()),
      /error anchor-exists {2}services\/mail\/index\.ts:\d+ MailFailing\n {4}links to "scenario-1-messages-fail", which is no heading of runbooks\/mail\/incident-response\.md\. Did you mean "scenario-1-mails-fail"\?/,
    );
    assert.deepEqual(brokenLinks(example.deployed), []);
  });
});
