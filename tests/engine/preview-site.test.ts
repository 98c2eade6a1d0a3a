import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, it } from "@jest/globals";
import { committedProject } from "./committed-project";

describe("npm run preview --site", () => {
  const project = committedProject();
  afterAll(() => project.remove());
  const url = "https://acme.example/watch/pull/7/";
  const args = ["preview", "--base", "HEAD", "--stack", "dev", "--site", "public"];

  it("leads from each thing that changes to its place on the pages before and after, which are there", () => {
    project.edit("services/mc/session-alerts.ts", (text) => text.replace(/ {2}connectionFailures: alert\(.*?\n {2}\}\),\n/s, ""));
    project.edit("services/mc/actor-alerts.ts", (text) => text.replace("above: 500,", "above: 600,"));
    assert.equal(project.command("generate").code, 0);
    const { code, printed } = project.command(...args, "--site-url", url);
    assert.equal(code, 0, printed);
    const [summary = ""] = project.read("preview.md").split("<details>");
    const links = [...summary.matchAll(/\]\((https:[^)]*)\)/g)].map(([, link = ""]) => link);
    assert.ok(links.length > 15, summary);
    for (const link of links) {
      assert.ok(link.startsWith(url), link);
      const { pathname, hash } = new URL(link);
      const page = project.read(join("public", decodeURIComponent(pathname.slice("/watch/pull/7/".length)), "index.html"));
      const id = decodeURIComponent(hash.slice(1)).replace(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
      assert.ok(hash === "" || page.includes(` id="${id}"`), link);
    }
    assert.match(summary, /changes\/#alert%3AMCConnectionFailures\) \(\[before\]\([^)]*\)\) \|/);
    assert.match(project.read("public/before/alerts/MCCriticalMailboxDepth/index.html"), /it is above 500/);
    assert.match(project.read("public/alerts/MCCriticalMailboxDepth/index.html"), /it is above 600/);
    const changes = project.read("public/changes/index.html");
    assert.match(changes, /it is above <del>500<\/del><\/td>\s*<td class="now">it is above <ins>600<\/ins>/);
  });

  it("refuses a folder of somebody else before it does anything", () => {
    const { code, printed } = project.command(...args.slice(0, -1), "runbooks");
    assert.match(printed, /holds something that is no site of ours/);
    assert.equal(code, 2);
    assert.doesNotMatch(printed, /Checking types/);
  });

  it("tells the type errors of a head that does not compile, and writes no site of it", () => {
    project.git("checkout", "--quiet", ".");
    project.edit("services/mc/actor-alerts.ts", (text) => text.replaceAll("panels.messageProcessing", "panels.none"));
    const { code, printed } = project.command(...args.slice(0, -1), "other");
    assert.match(printed, /The stack dev would not be deployed, so there is no site of it\./);
    assert.equal(code, 1);
    assert.equal(existsSync(join(project.root, "other")), false);
  });
});
