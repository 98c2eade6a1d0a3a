import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";

const root = resolve(__dirname, "../../..");

/** What a process prints that loads TypeScript as commands do. */
function printed(script: string): string {
  const hook = resolve(root, "machine", "system", "typescript-hook.cjs");
  return execFileSync(process.execPath, ["--require", hook, "--eval", script], {
    cwd: root,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"], // Node warns of modules that a function is compared with
  }).trim();
}

describe("modules that packages load and nothing here uses", () => {
  it("are not loaded with the program", () => {
    const unused = [
      "node_modules/typescript/",
      "@npmcli/arborist/",
      "@pulumi/kubernetes/helm/",
      "foundation-sdk/dist/dashboardv2/",
    ];
    const script = `require("./index.ts"); require("@pulumi/pulumi/automation");
      console.log(${JSON.stringify(unused)}.filter((part) => Object.keys(require.cache).some((path) => path.includes(part))).join());`;
    assert.equal(printed(script), "");
  });

  it("are not loaded to check the project, whose dashboards are far from too large to be rendered for it", () => {
    const unused = ["grafana-foundation-sdk/", "node_modules/semver/", "htmlparser2/"];
    const script = `const print = console.log; console.log = () => {};
      require("./commands/check.ts").main({ values: { format: "json" } }).then((exit) =>
        print(exit, ${JSON.stringify(unused)}.filter((part) => Object.keys(require.cache).some((path) => path.includes(part))).join()));`;
    assert.equal(printed(script), "0");
  });

  it("are as they are when something of them is used", () => {
    const script = `const { helm } = require("@pulumi/kubernetes"); const { runtime } = require("@pulumi/pulumi");
      runtime.serializeFunction(() => 1 + 1).then(({ text }) => console.log(typeof helm.v3.Chart, text.includes("1 + 1")));`;
    assert.equal(printed(script), "function true");
  });
});
