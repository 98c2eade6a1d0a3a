import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { z } from "zod";
import { runFilesCheck } from "../../library/files/run-check";
import { folderOf, rules, small, told } from "./small-repository";

const exception = "  - { check: anchor-exists, name: AppDown, reason: it is moved in spring, until: 2999-01-01 }\n";

/** A repository in which one alert leads nowhere, which is accepted, and so does a link of a runbook, which is accepted beside it. */
function repository(settings: string): string {
  return folderOf({
    ...small,
    "chain.yaml": `${small["chain.yaml"] ?? ""}${settings}`,
    "rules/app.yaml": rules(["AppDown", "up == 0"], ["AppSlow", "up > 5"]).replace("#appdown", "#gone"),
    "runbooks/app.md":
      "# App\n\n## AppDown\n\n<!-- accept link-exists: the page comes with the next release -->\n\n[x](soon.md)\n\n## AppSlow\n\nWait.\n",
  });
}

function check(root: string, format: string, writesBaseline = false): string {
  return told(() => runFilesCheck({ config: join(root, "chain.yaml"), format, changedSince: undefined, writesBaseline })).text;
}

const json = z.object({ accepted: z.array(z.object({ check: z.string(), reason: z.string() })) });
const sarif = z.object({
  runs: z.tuple([
    z.object({
      results: z.array(
        z.object({
          ruleId: z.string(),
          suppressions: z.array(z.object({ kind: z.string(), justification: z.string() })).optional(),
        }),
      ),
    }),
  ]),
});

describe("what is accepted in files", () => {
  it("is listed with its reasons as text", () => {
    const text = check(repository(`exceptions:\n${exception}`), "text");
    assert.match(text, /^Accepted: 2$/m);
    assert.match(text, /^ {2}link-exists .*app\.md:7: the page comes with the next release$/m);
    assert.match(text, /^ {2}anchor-exists .*app\.yaml:\d+:\d+ AppDown: it is moved in spring \(until 2999-01-01\)$/m);
  });

  it("is listed with its reasons in JSON", () => {
    const { accepted } = json.parse(JSON.parse(check(repository(`exceptions:\n${exception}`), "json")));
    assert.deepEqual(
      accepted.map((one) => `${one.check}: ${one.reason}`),
      ["link-exists: the page comes with the next release", "anchor-exists: it is moved in spring (until 2999-01-01)"],
    );
  });

  it("is suppressed in SARIF, where it was accepted", () => {
    const { runs } = sarif.parse(JSON.parse(check(repository(`exceptions:\n${exception}`), "sarif")));
    const suppressed = runs[0].results.flatMap(({ ruleId, suppressions = [] }) =>
      suppressions.map(({ kind }) => `${ruleId} ${kind}`),
    );
    assert.deepEqual(suppressed, ["link-exists inSource", "anchor-exists external"]);
  });

  it("is what stands in a baseline, too, but only counted as text", () => {
    const root = repository("baseline: known.json\n");
    check(root, "text", true);
    const text = check(root, "text");
    assert.match(text, /^Accepted: 1$/m);
    assert.match(text, /The baseline accepts \d+ of the findings\.$/);
    const { accepted } = json.parse(JSON.parse(check(root, "json")));
    assert.ok(accepted.some((one) => one.check === "anchor-exists" && one.reason === "It stands in the baseline."));
  });

  it("is nothing where an exception is over", () => {
    const text = check(repository(`exceptions:\n${exception.replace("2999", "2020")}`), "text");
    assert.doesNotMatch(text, /moved in spring \(until/);
    assert.match(text, /error anchor-exists/);
  });
});
