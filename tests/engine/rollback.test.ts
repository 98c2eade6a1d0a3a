import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, it } from "@jest/globals";
import { embeddedProviders } from "../../machine/embedded/provider/provider-process";
import { brokenLinks, filesIn } from "./deployed";
import { commit, deploymentOf, git, initRepository, printedBy, refusalOf, rollBack, worktreesOf, warnLater } from "./releases";
import { changesOf, scratchProject } from "./scratch-project";

const killing = { ...embeddedProviders, kubernetes: join(__dirname, "killing-at-change-provider.ts") };

/** One stack through three releases and back, with the real engine. */
describe("a rollback", () => {
  const project = scratchProject();
  const { root } = project;
  const deployed = project.deployed("dev");
  const releases: { commit: string; deployment: unknown }[] = [];
  afterAll(() => {
    project.remove();
  });

  function deploymentIs(release: number): void {
    assert.deepEqual(deploymentOf(project), releases[release - 1]?.deployment);
    assert.deepEqual(brokenLinks(deployed), []);
  }

  function nothingIsLeft(): void {
    assert.deepEqual(worktreesOf(root), []);
    assert.equal(git(root, "status", "--porcelain"), "");
  }

  it("is refused for a stack that was never deployed", async () => {
    assert.equal(await refusalOf(root, { answer: "--yes" }), 'Stack "dev" was never deployed. Nothing was changed.');
  });

  it("is refused for a history without commits", async () => {
    changesOf(await project.run("dev", "up"));
    assert.match(
      await refusalOf(root, { answer: "--yes" }),
      /^The history of stack "dev" names no commit, so there is nothing to go back to\./,
    );
  });

  it("finds three releases in the history", async () => {
    const first = initRepository(project);
    // Whatever has no commit has been deployed already. The refresh makes it a deployment of this one.
    const clean = deploymentOf(project);
    changesOf(await project.run("dev", "refresh"));
    releases.push({ commit: first, deployment: clean });
    deploymentIs(1);
    project.edit("Pulumi.dev.yaml", warnLater);
    const second = commit(root, "Warn later of deep mailboxes");
    writeFileSync(join(root, "notes.txt"), "not committed");
    assert.deepEqual(changesOf(await project.run("dev", "up")), ["updated mc-dashboards-mc-overview", "updated mc-rules"]);
    releases.push({ commit: second, deployment: deploymentOf(project) });
    rmSync(join(root, "notes.txt"));
    project.edit("Pulumi.dev.yaml", (text) => `${text}  dark-tower-observability:alertmanager: plain\n`);
    project.edit("runbooks/gc/incident-response.md", (text) => `${text}\nOne more sentence.\n`);
    const third = commit(root, "Leave the operator");
    const changed = changesOf(await project.run("dev", "up"));
    assert.deepEqual(changed, ["created alertmanager", "deleted alertmanager", "updated gc-runbooks"]);
    releases.push({ commit: third, deployment: deploymentOf(project) });
  });

  it("is refused where the deployment before was made from a dirty tree, and names those that were not", async () => {
    const [first = "", second = "", third = ""] = releases.map((release) => release.commit.slice(0, 7));
    const refusal = (await refusalOf(root, { answer: "--yes" })).replace(/deployed .* UTC/g, "deployed …");
    assert.equal(
      refusal,
      [
        `Version 3 of stack "dev" was deployed from commit ${second} with changes that were not committed: what it deployed is in no commit. Nothing was changed.`,
        "It can go back to:",
        `  --to 4  version 4, commit ${third}: Leave the operator (deployed …, Ana Person)`,
        `  --to 2  version 2, commit ${first}: First release (deployed …, Ana Person)`,
      ].join("\n"),
    );
  });

  it("is refused where nobody can be asked", async () => {
    assert.equal(await refusalOf(root), "Not an interactive terminal: pass --yes. Nothing was changed.");
  });

  it("is refused while another process works on the stack", async () => {
    const lock = join(deployed, "..", "lock.json");
    const since = "2026-01-01T00:00:00.000Z";
    writeFileSync(lock, JSON.stringify({ pid: process.pid, host: hostname(), command: "run.mjs up", since }));
    const refusal = await refusalOf(root, { to: "2", answer: "--yes" });
    rmSync(lock);
    assert.equal(
      refusal,
      `Stack "dev" is in use: "run.mjs up" (process ${process.pid}) has worked on it since ${since}. Nothing was changed; try again when it is done.`,
    );
  });

  it("is refused where the clone lacks the commit", async () => {
    const shallow = realpathSync(mkdtempSync(join(tmpdir(), "dark-tower-")));
    git(shallow, "clone", "--quiet", "--depth", "1", `file://${root}`, ".");
    cpSync(join(root, ".local"), join(shallow, ".local"), { recursive: true });
    const refusal = await refusalOf(shallow, { to: "2", answer: "--yes" });
    rmSync(shallow, { recursive: true });
    assert.equal(
      refusal,
      `Commit ${releases[0]?.commit.slice(0, 7) ?? ""} (version 2 of stack "dev") is not in this clone. Nothing was changed; fetch it and try again: git fetch --unshallow`,
    );
  });

  it("shows what it would change, asks, and deploys nothing when the answer is no", async () => {
    const outcome = await rollBack(root, { to: releases[0]?.commit.slice(0, 8) ?? "", answer: "n" });
    assert.match(
      outcome.printed,
      /Would change:\n {2}create {3}AlertmanagerConfig alertmanager\n[^]*\n\nDeploy this\? \[y\/N\] Nothing was deployed\.\n$/,
    );
    assert.equal("code" in outcome && outcome.code, 1);
    deploymentIs(3);
    nothingIsLeft();
  });

  it("that is killed half-way is repeated and converges to what a clean deployment of that commit is", async () => {
    writeFileSync(join(deployed, "..", "fail-at"), "2");
    await assert.rejects(rollBack(root, { to: "2", answer: "--yes", providers: killing }), /Ended by SIGKILL/);
    assert.notDeepEqual(deploymentOf(project), releases[2]?.deployment);
    assert.equal(worktreesOf(root).length, 2);
    const printed = printedBy(await rollBack(root, { to: "2", answer: "--yes" }));
    assert.match(printed, /The last run did not finish/);
    assert.match(printed, /\nStack dev is now as commit \w{7} has it: First release\nTo go forward again: npm run up\n$/);
    deploymentIs(1);
    nothingIsLeft();
  });

  it("is followed by an ordinary deployment of what is checked out", async () => {
    const changed = changesOf(await project.run("dev", "up"));
    assert.deepEqual(changed, [
      ...["created alertmanager", "deleted alertmanager", "updated gc-runbooks"],
      ...["updated mc-dashboards-mc-overview", "updated mc-rules"],
    ]);
    deploymentIs(3);
  });

  it("is itself a deployment to which one can go back, and puts right what was changed by hand", async () => {
    const [rules = ""] = filesIn(deployed).filter((file) => file.endsWith("prometheusrule-dark-tower-gc.yaml"));
    writeFileSync(rules, readFileSync(rules, "utf8").replaceAll("severity: page", "severity: info"));
    const printed = printedBy(await rollBack(root, { answer: "y" }));
    assert.match(printed, /\n {2}from {2}version 6, .*: Leave the operator .*\n {2}to {4}version 5, .*: First release /);
    deploymentIs(1);
    nothingIsLeft();
  });
});
