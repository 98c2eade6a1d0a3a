import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { configurationSchema, type Configuration } from "../../core/load/files/configuration";
import { parse } from "yaml";
import { runFilesCheck } from "../../library/files/run-check";
import { runInit } from "../../library/files/run-init";
import { rightFiles } from "./repository";
import { folderOf, rules, small, told } from "./small-repository";

const { "chain.yaml": _settings, ...smallFiles } = small;
const rust = 'counter!("app_joins_total").increment(1);\n';

function init(root: string): { readonly code: number; readonly text: string } {
  return told(() => runInit(root));
}

/** What init wrote, if a check takes it. */
function written(root: string): Configuration {
  const config = join(root, "chain.yaml");
  told(() => runFilesCheck({ config, format: "text", changedSince: undefined, writesBaseline: false }));
  return configurationSchema.parse(parse(readFileSync(config, "utf8")));
}

describe("chain init", () => {
  it("finds every kind of the repository in which everything is right, and a check takes what it wrote", () => {
    const { "chain.yaml": settings, ...files } = Object.fromEntries(rightFiles);
    const root = folderOf(files);
    const { code, text } = init(root);
    assert.equal(code, 0);
    const found = written(root);
    const wanted = configurationSchema.parse(parse(settings ?? ""));
    for (const kind of ["rules", "dashboards", "runbooks", "manifests", "prometheus", "alertmanager", "sql"] as const) {
      assert.ok(found[kind].length > 0 && wanted[kind].length > 0, kind);
      assert.match(text, new RegExp(`^ {2}${kind} +\\d+ files`, "m"));
    }
    assert.deepEqual(found.metrics.map(({ as }) => as).sort(), ["client_golang", "rust-metrics", "scrape"]);
    assert.ok(text.endsWith(`\n\nNext: chain check --config ${join(root, "chain.yaml")}`));
  });

  it("says how many files each glob of a library has", () => {
    const root = folderOf({ ...smallFiles, "a/one.rs": rust, "a/two.rs": rust, "b/three.rs": rust });
    const { text } = init(root);
    assert.match(text, /metrics \(rust-metrics\) +2 files {2}a\/\*\.rs\n {2}metrics \(rust-metrics\) +1 files {2}b\/\*\.rs$/m);
  });

  it("names folders whose names mean something in a glob", () => {
    for (const folder of [
      "(main)",
      "[old]",
      "{a,b}",
      "!urgent",
      "a+(b)",
      "what?",
      "50% @home",
      "star*",
      "back\\slash",
      "+",
      "a|b",
    ]) {
      const root = folderOf({
        [`${folder}/app.yaml`]: rules(["AppDown", "up == 0"]),
        [`runbooks/${folder}/app.md`]: "# AppDown\n",
      });
      assert.equal(init(root).code, 0, folder);
      assert.equal(written(root).rules.length, 1, folder);
    }
  });

  it("says what it could not place, and what it did not find", () => {
    const { text, code } = init(
      folderOf({ ...smallFiles, "rules/torn.yaml": "groups:\n  - alert: A\n  expr: [", "rules/bytes.yaml": "\0" }),
    );
    assert.equal(code, 0);
    assert.match(text, /Could not be placed:\n {2}rules\/bytes\.yaml is no text.*\n {2}rules\/torn\.yaml is no YAML/);
    assert.match(text, /Not found: metrics \(.*\)\. Name them by hand if there are any\./);
  });

  it("says what stands before a runbook's path in most addresses", () => {
    const url = "https://github.com/acme/ops/blob/main/";
    const root = folderOf({
      ...smallFiles,
      "rules/app.yaml": rules(["AppDown", "up == 0"]).replace("runbooks/", `${url}runbooks/`),
    });
    init(root);
    assert.deepEqual(written(root).runbookUrls, [url]);
  });

  it("writes nothing where there is nothing, and overwrites nothing", () => {
    const nothing = init(folderOf({ "README.md": "# Nothing\n" }));
    assert.equal(nothing.code, 2);
    assert.match(nothing.text, /^Nothing was found/);
    assert.throws(() => init(folderOf(small)), /chain\.yaml is there already\. Remove it to have it written anew\./);
  });
});
