import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { z } from "zod";
import { embeddedProviders, ProviderSupply } from "../../machine/embedded/provider/provider-process";
import { engine } from "../tools/engine";
import { filesIn } from "./deployed";
import { serveLanguageHost } from "./language-host";
import { commit, git, initRepository, worktreesOf, warnLater } from "./releases";
import { scratchProject } from "./scratch-project";

const failedRun = z.object({ code: z.number(), stdout: z.string(), stderr: z.string() });
const stateSchema = z.looseObject({
  checkpoint: z.looseObject({ latest: z.looseObject({ resources: z.array(z.looseObject({ urn: z.string() })) }) }),
});

/** The command as people type it, with the CLI on the PATH and a folder as backend. Providers of the embedded target take the place of a cluster. */
describe("a rollback with the official CLI", () => {
  const project = scratchProject();
  const { root } = project;
  const outside = `${root}-outside`;
  const [backend, target, bin] = ["backend", "target", "bin"].map((name) => join(outside, name));
  const stops: (() => void)[] = [];
  let environment: NodeJS.ProcessEnv = {};
  let pulumiPath = "";

  beforeAll(async () => {
    const { command } = await engine();
    pulumiPath = command;
    const host = await serveLanguageHost();
    const providers = await new ProviderSupply(embeddedProviders, target ?? "").take();
    stops.push(host.stop, providers.stop);
    for (const folder of [backend, bin]) mkdirSync(folder ?? "", { recursive: true });
    mkdirSync(join(root, ".cache"));
    // tests/machine/system/packages.test.ts runs the real one. Here the worktree finds the packages above it.
    const npm = join(bin ?? "", "npm");
    writeFileSync(npm, '#!/bin/sh\necho "$PWD $*" > "$(dirname "$0")/npm-was"\n');
    chmodSync(npm, 0o755);
    environment = {
      ...process.env,
      PATH: [bin, dirname(pulumiPath), process.env["PATH"]].join(":"),
      PULUMI_HOME: join(outside, "home"),
      // As people write it who keep the state beside the project: the worktree is another folder.
      PULUMI_BACKEND_URL: `file://../${basename(outside)}/backend`,
      PULUMI_CONFIG_PASSPHRASE: "a passphrase",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_DEBUG_PROVIDERS: providers.debugProviders,
      PULUMI_DEBUG_LANGUAGES: `nodejs:${host.port}`,
      NO_COLOR: "1",
    };
  });
  afterAll(() => {
    for (const stop of stops) stop();
    rmSync(outside, { recursive: true });
    project.remove();
  });

  async function run(command: string, ...args: readonly string[]): Promise<{ code: number; printed: string }> {
    try {
      const { stdout } = await promisify(execFile)(command, args, { cwd: root, env: environment, maxBuffer: 2 ** 26 });
      return { code: 0, printed: stdout };
    } catch (error) {
      const { code, stdout, stderr } = failedRun.parse(error);
      return { code, printed: stdout + stderr };
    }
  }

  async function pulumi(...args: readonly string[]): Promise<string> {
    const { code, printed } = await run(pulumiPath, ...args, "--stack", "dev", "--non-interactive");
    assert.equal(code, 0, printed);
    return printed;
  }

  const rollBack = () => run(process.execPath, "run.mjs", "rollback", "--stack", "dev", "--yes");
  const deployment = () => filesIn(target ?? "").map((file) => `${file}\n${readFileSync(file, "utf8")}`);
  let first: readonly string[] = [];

  it("deploys the release before from a worktree of it, and is a clean update in the history", async () => {
    assert.equal((await run(pulumiPath, "stack", "init", "dev")).code, 0);
    const release = initRepository(project);
    await pulumi("up", "--yes", "--skip-preview");
    first = deployment();
    assert.ok(first.length > 5);
    project.edit("Pulumi.dev.yaml", warnLater);
    commit(root, "Warn later of deep mailboxes");
    await pulumi("up", "--yes", "--skip-preview");
    assert.notDeepEqual(deployment(), first);
    // What somebody has edited by hand, and neither release changes.
    const [edited = ""] = filesIn(target ?? "").filter((file) => file.endsWith("configmap-dark-tower-gc-runbooks.yaml"));
    writeFileSync(edited, readFileSync(edited, "utf8").replace("GC", "G C"));
    const { code, printed } = await rollBack();
    assert.equal(code, 0, printed);
    assert.deepEqual(deployment(), first);
    assert.match(
      printed,
      /^Stack dev of the backend file:\/\/\.\.\/.*\n {2}from {2}version 2, .*\n {2}to {4}version 1, commit .*: First release/,
    );
    assert.match(printed, /\nPreviewing …\nPreviewing update \(dev\)[^]*\nDeploying …\n\nUpdating \(dev\)/);
    assert.match(printed, /\nTo go forward again: pulumi up --stack dev, with the commit checked out that is wanted\n$/);
    // The lock file is the same: the worktree finds the packages above it.
    assert.ok(!existsSync(join(bin ?? "", "npm-was")));
    assert.match(printed, /\nWhat changes:\n {2}alert MCCriticalMailboxDepth: [^\n]*threshold/);
    const updates = z.array(z.object({ environment: z.record(z.string(), z.string()) }));
    const [newest] = updates.parse(JSON.parse(await pulumi("stack", "history", "--json")));
    assert.equal(newest?.environment["git.head"], release);
    assert.equal(newest.environment["git.dirty"], "false");
    assert.deepEqual(worktreesOf(root), []);
    assert.equal(git(root, "status", "--porcelain"), "");
  });

  it("is refused by the CLI for a stack that is locked, and changes nothing", async () => {
    const locks = join(backend ?? "", ".pulumi/locks/organization/dark-tower-observability/dev");
    mkdirSync(locks, { recursive: true });
    const lock = { pid: 1, username: "ana", hostname: "elsewhere", timestamp: "2026-01-01T00:00:00Z" };
    writeFileSync(join(locks, "lock.json"), JSON.stringify(lock));
    const { code, printed } = await rollBack();
    await pulumi("cancel", "--yes");
    assert.equal(code, 1);
    assert.match(printed, /error: the stack is currently locked by 1 lock\(s\).*`pulumi cancel`/);
    assert.match(printed, /\npulumi up did not succeed: it says why above\.\n$/);
    assert.deepEqual(deployment(), first);
    assert.deepEqual(worktreesOf(root), []);
  });

  it("is refused for a stack with pending operations", async () => {
    const state = join(backend ?? "", ".pulumi/stacks/dark-tower-observability/dev.json");
    const { checkpoint, ...rest } = stateSchema.parse(JSON.parse(readFileSync(state, "utf8")));
    const resource = checkpoint.latest.resources.at(-1);
    const latest = { ...checkpoint.latest, pending_operations: [{ type: "updating", resource }] };
    writeFileSync(state, JSON.stringify({ ...rest, checkpoint: { ...checkpoint, latest } }));
    const { code, printed } = await rollBack();
    assert.equal(code, 1);
    assert.ok(
      printed.includes(
        `Stack "dev" has pending operations: an update was interrupted while it was\n  updating ${resource?.urn ?? ""}`,
      ),
    );
    assert.deepEqual(worktreesOf(root), []);
  });
});
