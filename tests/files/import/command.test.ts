import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it, jest } from "@jest/globals";
import { runImport } from "../../../library/files/run-import";
import { temporaryFolder } from "../../machine/temporary-folder";
import { rightFiles } from "../repository";
import { folderOf } from "../small-repository";

const repository = folderOf(Object.fromEntries(rightFiles));
const config = join(repository, "chain.yaml");

async function told(service: string | undefined, root: string, settings = config): Promise<string> {
  const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
  try {
    assert.equal(await runImport({ service, config: settings, root, program: "package" }), 0);
    return log.mock.calls.map(([line]) => String(line)).join("\n");
  } finally {
    log.mockRestore();
  }
}

describe("chain import", () => {
  it("writes a service for a program that uses the package, and says what came of it and what is to be decided", async () => {
    const root = temporaryFolder();
    const text = await told("ac", root);
    const code = readFileSync(join(root, "services/ac/alerts.ts"), "utf8");
    assert.match(code, /^import \{ alert, promql, where \} from "@dark-tower\/observability";$/m);
    assert.match(code, /runbook: runbooks\.ac\.ac\["token-errors"\]/);
    assert.match(text, /^Wrote services\/ac\/metrics\.ts, .*runbooks\/ac\/ac\.md\.$/m);
    assert.match(text, /^ {2}alerts +3, of which 0 are thresholds on a panel$/m);
    assert.match(text, /docs\/metrics\/ac\.md\n {2}10: ac_sign_duration_seconds has labels whose values no file lists/);
    assert.match(
      text,
      /\d+ texts are left to fill in\. Next: add ac to the services of model\.ts, npx chain generate, then npx chain check/,
    );
  });

  it("adds it to services/index.ts, by a name that is an identifier", async () => {
    const files = {
      "chain.yaml": "rules: [rules/*.yaml]\n",
      "rules/auth.yaml": "groups: [{ name: a, rules: [{ alert: A, expr: up == 0, labels: { service: Auth Service } }] }]\n",
    };
    const root = folderOf({ "services/index.ts": 'import { gc } from "./gc";\nexport const services = [gc];\n' });
    await told("auth service", root, join(folderOf(files), "chain.yaml"));
    assert.match(readFileSync(join(root, "services/index.ts"), "utf8"), /import \{ authService \} from "\.\/auth-service";/);
    const index = readFileSync(join(root, "services/auth-service/index.ts"), "utf8");
    assert.match(index, /export const authService = service\("auth-service", \{/);
  });

  it("names inhibitions of its alerts, which only a person can declare with their reason", async () => {
    const text = await told("gc", temporaryFolder());
    assert.match(text, /alertmanager\.yml\n {2}11: GCDown is in an inhibition: declare it as a cascade, with its reason\.$/m);
  });

  it("overwrites nothing", async () => {
    for (const there of ["services/ac/notes.txt", "runbooks/ac/old.md"]) {
      const root = folderOf({ [there]: "mine" });
      const message = `Nothing was written: ${there.slice(0, there.lastIndexOf("/"))} exists already.`;
      await assert.rejects(told("ac", root), { message });
      assert.equal(existsSync(join(root, "services/ac/index.ts")), false);
    }
  });

  it("names the services that there are, and the nearest", async () => {
    const all = "The files tell of ac, ";
    await assert.rejects(told(undefined, temporaryFolder()), ({ message }: Error) => message.startsWith(`Which service? ${all}`));
    await assert.rejects(told("gcc", temporaryFolder()), ({ message }: Error) =>
      message.startsWith(`No file tells of a service "gcc". Did you mean "gc"? ${all}`),
    );
    for (const name of ["", "__proto__", "💥"]) await assert.rejects(told(name, temporaryFolder()), /No file tells of/);
  });

  it("says what could not be read, since that was not written", async () => {
    const broken = folderOf({ ...Object.fromEntries(rightFiles), "prometheus/rules/torn.yaml": "groups: [" });
    assert.match(await told("gc", temporaryFolder(), join(broken, "chain.yaml")), /torn\.yaml\n {2}\d+: is no YAML/);
  });

  it("says how a configuration is made where there is none, or where it names nothing to import", async () => {
    await assert.rejects(told("mc", temporaryFolder(), join(temporaryFolder(), "chain.yaml")), /Write one: chain init/);
    const empty = folderOf({ "chain.yaml": "runbooks: ['*.md']\n", "a.md": "# A\n" });
    await assert.rejects(
      told("mc", temporaryFolder(), join(empty, "chain.yaml")),
      /names no rules and no dashboards\. Let chain init/,
    );
  });
});
