import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { DomUtils, parseDocument } from "htmlparser2";
import { z } from "zod";
import { UsageError } from "../../machine/system/user-error";
import { runFilesCheck, type FilesRequest } from "../../library/files/run-check";
import { folderOf, rules, small, told } from "./small-repository";

const { getElementsByTagName } = DomUtils;
const slow = ["AppSlow", "app_wait > 5 and app_wait < 3"] as const;
const down = ["AppDown", "count(up) == 0"] as const;
const broken = { ...small, "rules/app.yaml": rules(["AppDown", "up == 0"], slow) };
const both = { ...small, "rules/app.yaml": rules(down, slow) };

function check(root: string, request: Partial<FilesRequest> = {}): { readonly code: number; readonly text: string } {
  const config = join(root, "chain.yaml");
  return told(() => runFilesCheck({ config, format: "text", changedSince: undefined, writesBaseline: false, ...request }));
}

/** The alerts of which something is said that is not accepted. */
function namesIn(text: string): readonly string[] {
  return [...text.matchAll(/^ {2}(?:error|warning) .*app\.yaml:\d+:\d+ (\w+)/gm)].map(([, name = ""]) => name);
}

describe("what `check --config` exits with", () => {
  it("is 0 without an error, 1 with one", () => {
    const right = check(folderOf(small));
    assert.equal(right.code, 0);
    assert.match(
      right.text,
      /0 errors, 0 warnings\.\nRead: 2 alerts, 0 recording rules, 0 dashboards, 1 documents, 0 metrics\.$/,
    );
    const wrong = check(folderOf(broken));
    assert.equal(wrong.code, 1);
    assert.deepEqual(namesIn(wrong.text), ["AppSlow"]);
  });

  it("is that of a usage error where nothing could be checked, with what to do", () => {
    const refused = (files: Readonly<Record<string, string>>): string => {
      try {
        check(folderOf(files));
      } catch (error) {
        assert.ok(error instanceof UsageError);
        return error.message;
      }
      return "";
    };
    assert.match(refused({}), /There is no .*chain\.yaml\. Write one: chain init$/);
    assert.match(refused({ "chain.yaml": "rules: [rules/*.yaml]" }), /`rules`: "rules\/\*\.yaml" matches no file\./);
    assert.match(refused({ "chain.yaml": "rule: []" }), /chain\.yaml/);
    assert.match(refused({ "chain.yaml": "exceptions:\n  - { check: a, reason: b, until: soon }" }), /:2 .*is a day such as/);
  });

  it("has places as they are seen from where it was typed, or from the checkout in a workflow", () => {
    const root = folderOf(Object.fromEntries(Object.entries(broken).map(([file, text]) => [`ops/${file}`, text])));
    const before = { cwd: process.cwd(), workspace: process.env["GITHUB_WORKSPACE"] };
    const atOps = (request: Partial<FilesRequest>): string => check(join(root, "ops"), request).text;
    try {
      delete process.env["GITHUB_WORKSPACE"];
      process.chdir(root);
      assert.match(atOps({ config: "ops/chain.yaml" }), /^ops\/rules\/app\.yaml$/m);
      process.chdir("ops");
      assert.match(atOps({ config: "chain.yaml" }), /^rules\/app\.yaml$/m);
      process.env["GITHUB_WORKSPACE"] = root;
      assert.match(atOps({ format: "github" }), /file=ops\/rules\/app\.yaml,line=/);
      assert.match(atOps({ config: "../ops/chain.yaml" }), /^\.\.\/ops\/rules\/app\.yaml$/m);
    } finally {
      process.chdir(before.cwd);
      if (before.workspace === undefined) delete process.env["GITHUB_WORKSPACE"];
      else process.env["GITHUB_WORKSPACE"] = before.workspace;
    }
  });
});

describe("a baseline", () => {
  const withBaseline = { ...broken, "chain.yaml": `${small["chain.yaml"] ?? ""}baseline: known.json\n` };
  const read = (root: string): string => readFileSync(join(root, "known.json"), "utf8");

  it("accepts what is wrong today, and says where it is kept", () => {
    const root = folderOf(withBaseline);
    const written = check(root, { writesBaseline: true });
    assert.equal(written.code, 0);
    assert.equal(written.text, `Accepted 1 error, 0 warnings in ${join(root, "known.json")}.`);
    const later = check(root);
    assert.equal(later.code, 0);
    assert.match(later.text, /0 errors, 0 warnings\.\n.* The baseline accepts 1 of the findings\.$/);
  });

  it("says how to name it where the configuration does not", () => {
    const root = folderOf(broken);
    assert.match(check(root, { writesBaseline: true }).text, /Name it in the configuration: `baseline: chain-baseline\.json`$/);
    assert.equal(check(root).code, 1);
  });

  it("tells what is new, also the same once more, and not what only moved", () => {
    const root = folderOf(withBaseline);
    check(root, { writesBaseline: true });
    folderOf({ "rules/app.yaml": `# moved\n\n${rules(["AppDown", "up == 0"], slow)}` }, root);
    assert.equal(check(root).code, 0);
    folderOf({ "rules/app.yaml": rules(down, slow) }, root);
    const more = check(root);
    assert.equal(more.code, 1);
    assert.deepEqual(namesIn(more.text), ["AppDown"]);
    folderOf(
      { "rules/app.yaml": rules(slow, ["AppDown", "up == 0"]) + rules(slow).replace("groups:\n  - name: app", "  - name: b") },
      root,
    );
    assert.deepEqual(namesIn(check(root).text).slice(0, 1), ["AppSlow"]);
  });

  it("shrinks, so that what was repaired does not come back unseen", () => {
    const root = folderOf(withBaseline);
    check(root, { writesBaseline: true });
    folderOf({ "rules/app.yaml": small["rules/app.yaml"] ?? "" }, root);
    assert.equal(check(root).code, 0);
    assert.deepEqual(JSON.parse(read(root)), { findings: [] });
    folderOf({ "rules/app.yaml": rules(slow) }, root);
    assert.deepEqual(namesIn(check(root).text), ["AppSlow"]);
  });

  it("is not written by a check that finds nothing to take away", () => {
    const root = folderOf(withBaseline);
    check(root);
    assert.ok(!existsSync(join(root, "known.json")));
    check(root, { writesBaseline: true });
    const spaced = `${read(root)}\n\n`;
    folderOf({ "known.json": spaced }, root);
    check(root);
    assert.equal(read(root), spaced);
  });

  it("knows a finding by its check's former id", () => {
    const root = folderOf({ ...withBaseline, "runbooks/app.md": `${small["runbooks/app.md"] ?? ""}[x](gone.md)\n` });
    check(root, { writesBaseline: true });
    folderOf({ "known.json": read(root).replace("link-exists", "markdown-links") }, root);
    assert.equal(check(root).code, 0);
  });

  it("that is none is refused, not taken for an empty one", () => {
    const root = folderOf({ ...withBaseline, "known.json": "<<<<<<< HEAD" });
    assert.throws(() => check(root), /known\.json is no baseline\. Write it again: chain check --write-baseline/);
  });
});

describe("an exception", () => {
  const today = new Date().toISOString().slice(0, 10);
  const withException = (exception: string): string =>
    folderOf({ ...both, "chain.yaml": `${small["chain.yaml"] ?? ""}exceptions:\n  - ${exception}\n` });

  it("accepts what it names, until the end of its last day, and nothing else", () => {
    const root = withException(`{ check: query-has-result, name: AppSlow, reason: soon gone, until: ${today} }`);
    assert.deepEqual(namesIn(check(root).text), ["AppDown"]);
    assert.doesNotMatch(check(root).text, /exception-is-in-force/);
  });

  it("may be of files, and of names with a star", () => {
    const named = withException(`{ check: query-has-result, name: "App*", file: "rules/**", reason: gone, until: 2999-01-01 }`);
    assert.equal(check(named).code, 0);
    const elsewhere = withException(`{ check: query-has-result, file: "other/**", reason: gone, until: 2999-01-01 }`);
    assert.deepEqual(namesIn(check(elsewhere).text), ["AppDown", "AppSlow"]);
  });

  it("that is over is told beside what it accepted", () => {
    const { text, code } = check(withException("{ check: query-has-result, reason: soon gone, until: 2020-12-31 }"));
    assert.equal(code, 1);
    assert.deepEqual(namesIn(text), ["AppDown", "AppSlow"]);
    assert.match(text, /warning exception-is-in-force .*\n {4}the exception ended on 2020-12-31 \("soon gone"\)/);
  });

  it("by a check's former id accepts, and is told the id of now", () => {
    const dead = { "runbooks/app.md": `${small["runbooks/app.md"] ?? ""}[x](gone.md)\n` };
    const root = withException(`{ check: markdown-links, reason: it comes, until: 2999-01-01 }`);
    folderOf({ ...small, ...dead, "chain.yaml": readFileSync(join(root, "chain.yaml"), "utf8") }, root);
    const { text, code } = check(root);
    assert.match(
      text,
      /warning exception-is-in-force .*markdown-links\n {4}the check is called "link-exists" now\. Write that\./,
    );
    assert.equal(code, 0);
  });

  it("that accepts nothing is told, and one that is over and accepts nothing, too", () => {
    const idle = check(withException("{ check: uid-is-unique, reason: two of them, until: 2999-01-01 }"));
    assert.match(idle.text, /the exception accepts nothing any more \("two of them"\)\. Remove it\./);
    const over = check(withException("{ check: uid-is-unique, reason: two of them, until: 2020-12-31 }"));
    assert.match(over.text, /the exception accepts nothing any more \("two of them"\)\. Remove it\./);
  });

  it("needs a reason and a day", () => {
    assert.throws(() => check(withException("{ check: a, until: 2999-01-01 }")), /exceptions\.0/);
    assert.throws(() => check(withException("{ check: a, reason: b }")), /exceptions\.0/);
  });
});

describe("the formats", () => {
  it("github: a command a finding, with place, escaped, and nothing else on the output", () => {
    const { text } = check(folderOf(both), { format: "github" });
    const lines = text.split("\n");
    assert.equal(lines.length, 2);
    for (const line of lines)
      assert.match(
        line,
        /^::error file=[^,:]*rules\/app\.yaml,line=\d+,col=\d+,title=query-has-result%3A App\w+::the alert [^\n]+$/,
      );
    assert.equal(check(folderOf(small), { format: "github" }).text, "");
  });

  it("junit: XML in which a check is a test, failed by its errors", () => {
    const { text, code } = check(folderOf(both), { format: "junit" });
    assert.equal(code, 1);
    const document = parseDocument(text, { xmlMode: true });
    const [suite] = getElementsByTagName("testsuite", document);
    const cases = getElementsByTagName("testcase", document);
    assert.equal(suite?.attribs["tests"], String(cases.length));
    assert.equal(suite.attribs["failures"], "1");
    const failed = cases.filter((one) => getElementsByTagName("failure", one).length > 0);
    assert.deepEqual(
      failed.map(({ attribs }) => attribs["name"]),
      ["query-has-result"],
    );
    const [failure] = getElementsByTagName("failure", failed);
    assert.equal(failure?.attribs["message"], "2 errors");
    assert.match(check(folderOf(broken), { format: "junit" }).text, /message="1 error"/);
    assert.match(check(folderOf(small), { format: "junit" }).text, /failures="0"/);
  });

  it("json: all of it, and nothing else on the output", () => {
    const report = z.object({ findings: z.array(z.unknown()) }).parse(JSON.parse(check(folderOf(both), { format: "json" }).text));
    assert.equal(report.findings.length, 2);
  });
});
