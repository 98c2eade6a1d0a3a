import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { z } from "zod";
import { asPassed, projectName } from "../../core/load/configuration";
import { readStackFile } from "../../core/load/stack-file";
import { engine } from "../tools/engine";

const folder = mkdtempSync(join(tmpdir(), "stack-file-engine-"));
const configuration = z.record(z.string(), z.object({ value: z.string().optional() }));
let pulumi = "pulumi";

function run(...args: readonly string[]): string {
  const env = {
    PATH: process.env["PATH"],
    HOME: folder,
    PULUMI_HOME: join(folder, "home"),
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "test",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
  return execFileSync(pulumi, [...args, "--non-interactive"], {
    cwd: folder,
    encoding: "utf8",
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

beforeAll(async () => {
  pulumi = (await engine()).command;
  mkdirSync(join(folder, "state"));
  copyFileSync(resolve(__dirname, "../../Pulumi.yaml"), join(folder, "Pulumi.yaml"));
  run("stack", "init", "dev");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("a stack's file is read as the engine reads it", () => {
  for (const text of [
    "",
    "config: {}\n",
    "config:\n  grafanaUrl: https://a\n",
    "config:\n  dark-tower-observability:config:grafanaUrl: https://a\n",
    "config:\n  datasourceUid: 123\n  prometheusRetention: yes\n",
    'config:\n  services: ["mc"]\n  alertOverrides: { MCDown: { threshold: 1.50, for: 1m } }\n',
    "config:\n  services: '[\"mc\"]'\n  datasourceUid: true\n",
    "\uFEFFconfig:\r\n  dark-tower-observability:services:\r\n    - mc\r\n",
    "config:\n  alertOverrides: &a { MCDown: { for: 1m } }\n  ruleSelectorLabels:\n    <<: { release: a }\n    team: b\n",
    "config:\n  kubernetes:context: prod-eu\n  grafanaUrl: https://b\n",
    "config:\n  datasourceUid:\n  grafanaUrl: ~\n  services: null\n",
    "config:\n  datasourceUid: 0123\n  clusterUid: 0o17\n  prometheusService: 1_000\n  grafanaUrl: 0b11\n  scrape: 08\n  rules: -0\n",
    "config:\n  datasourceUid: 12345678901234567890\n  clusterUid: 1e400\n  grafanaUrl: 1_0.5\n  rules: 99999999999999999999999\n",
    "config:\n  datasourceUid: 2026-01-02\n  clusterUid: 2026-1-2 3:04:05.50\n  grafanaUrl: 2026-01-02T03:04:05+02:00\n  rules: 2026-02-30\n",
    "config:\n  datasourceUid: yes\n  clusterUid: 1:30\n  createNamespace: True\n  rules: 0x1F\n  grafanaUrl: '0123'\n",
    "config:\n  alertOverrides: { A: { threshold: 010, for: 1_0 }, B: { threshold: 1e400, for: 2026-01-02 }, C: ~ }\n",
    "config:\n  datasourceUid: !!binary Z2xzYV9hYmM=\n  clusterUid: !custom 5\n",
    '{"config":{"services":["mc"]}}\n',
    "%YAML 1.1\n---\nconfig:\n  datasourceUid: no\n  services: [010, yes, 12345678901234567890]\n",
  ]) {
    it(JSON.stringify(text), () => {
      writeFileSync(join(folder, "Pulumi.dev.yaml"), text);
      const read = configuration.parse(JSON.parse(run("config", "--json", "--stack", "dev")));
      const prefix = `${projectName}:`;
      const own = Object.entries(read).filter(([key]) => key.startsWith(prefix));
      assert.deepEqual(
        readStackFile(folder, "dev").values,
        Object.fromEntries(own.map(([key, { value }]) => [key.slice(prefix.length), asPassed(value)])),
      );
    });
  }

  for (const text of [
    "config:\n  datasourceUid: .nan\n",
    "config:\n  alertOverrides: { MCDown: { threshold: -.inf } }\n",
    "config:\n  alertOverrides: { ? [a] : { for: 1m } }\n",
    "%YAML 1.2\n---\nconfig:\n  services: [mc]\n",
    "config: {services:[mc]}\n",
    'config:\n  grafanaUrl: "https:\\/\\/a"\n',
    "config:\n  grafanaUrl: https://a\x07\n",
    "config:\n\tservices: [mc]\n",
    "config:\n  services: [mc]\n  services: [gc]\n",
  ]) {
    it(`and refused as the engine refuses it: ${JSON.stringify(text)}`, () => {
      writeFileSync(join(folder, "Pulumi.dev.yaml"), text);
      assert.throws(() => run("config", "--json", "--stack", "dev"), /invalid YAML|could not unmarshal|yaml:/);
      assert.equal(readStackFile(folder, "dev").findings.filter(({ severity }) => severity === "error").length, 1);
    });
  }
});
