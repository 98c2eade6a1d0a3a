import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Finding } from "../../../core/model/finding";
import { countFindings, renderFindings, renderPlace } from "../../../core/render/findings";
import { renderSarif } from "../../../core/render/sarif";
import { renderReport } from "../../../library/check-report";

const alert: Finding = {
  check: "anchor-exists",
  severity: "error",
  subject: { file: "services/mc/alerts.ts", name: "MCDown", line: 40 },
  message: "links to nowhere.",
};
const runbook = (line: number, message = "is dead."): Finding => ({
  check: "link-exists",
  severity: "warning",
  subject: { file: "runbooks/mc/a.md", line },
  message,
});

describe("findings as text", () => {
  it("stand by file, the same words once, and are counted", () => {
    assert.equal(
      renderFindings([runbook(9), alert, runbook(3), runbook(5, "is alive,\nand kicking.")]),
      [
        "runbooks/mc/a.md",
        "  warning link-exists  runbooks/mc/a.md:3, 9",
        "    is dead.",
        "  warning link-exists  runbooks/mc/a.md:5",
        "    is alive,",
        "    and kicking.",
        "",
        "services/mc/alerts.ts",
        "  error anchor-exists  services/mc/alerts.ts:40 MCDown",
        "    links to nowhere.",
        "",
        "1 error, 3 warnings.",
      ].join("\n"),
    );
  });

  it("may be none", () => {
    assert.equal(renderFindings([]), "0 errors, 0 warnings.");
    assert.equal(countFindings([alert, alert, runbook(1)]), "2 errors, 1 warning");
  });

  it("have a place of one line", () => {
    const file = { ...alert, subject: { file: "runbooks/sections.ts" } };
    assert.deepEqual([alert, runbook(3), file].map(renderPlace), [
      "services/mc/alerts.ts:40 MCDown",
      "runbooks/mc/a.md:3",
      "runbooks/sections.ts",
    ]);
  });
});

describe("findings as SARIF", () => {
  it("are results of declared rules, each with a place", () => {
    const file = { ...alert, subject: { file: "runbooks/sections.ts" } };
    const rules = [
      { id: "anchor-exists", description: "Anchors exist." },
      { id: "link-exists", description: "Links live." },
    ];
    const result = (finding: { rule: string; level: string; text: string; uri: string; line: number }) => ({
      ruleId: finding.rule,
      level: finding.level,
      message: { text: finding.text },
      locations: [{ physicalLocation: { artifactLocation: { uri: finding.uri }, region: { startLine: finding.line } } }],
    });
    assert.deepEqual(JSON.parse(renderSarif([alert, runbook(3), file], rules)), {
      $schema: "https://json.schemastore.org/sarif-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: {
            driver: {
              name: "dark-tower-observability",
              rules: [
                { id: "anchor-exists", shortDescription: { text: "Anchors exist." } },
                { id: "link-exists", shortDescription: { text: "Links live." } },
              ],
            },
          },
          results: [
            result({
              rule: "anchor-exists",
              level: "error",
              text: "MCDown: links to nowhere.",
              uri: "services/mc/alerts.ts",
              line: 40,
            }),
            result({ rule: "link-exists", level: "warning", text: "is dead.", uri: "runbooks/mc/a.md", line: 3 }),
            result({ rule: "anchor-exists", level: "error", text: "links to nowhere.", uri: "runbooks/sections.ts", line: 1 }),
          ],
        },
      ],
    });
  });
});

describe("what is accepted", () => {
  const reason = "Links to what the next release brings.";
  const accepted = { ...runbook(3), reason };

  it("is suppressed in SARIF, with its reason, and what is not has no suppressions", () => {
    const { runs } = JSON.parse(renderReport([alert], "sarif", { accepted: [accepted] })) as {
      readonly runs: readonly [{ readonly results: readonly { readonly ruleId: string; readonly suppressions?: unknown }[] }];
    };
    assert.deepEqual(
      runs[0].results.map(({ ruleId, suppressions }) => ({ ruleId, suppressions })),
      [
        { ruleId: "anchor-exists", suppressions: undefined },
        { ruleId: "link-exists", suppressions: [{ kind: "inSource", justification: reason }] },
      ],
    );
  });

  it("stands apart from the findings in JSON", () => {
    assert.deepEqual(JSON.parse(renderReport([alert], "json", { accepted: [accepted] })), {
      findings: [alert],
      accepted: [accepted],
    });
  });

  it("is listed in text, the same once, and counts as no error and no warning", () => {
    const text = renderReport([], "text", { accepted: [accepted, accepted] });
    assert.match(text, new RegExp(`^Accepted: 2\n {2}link-exists {2}runbooks/mc/a.md:3: ${reason}$`, "m"));
    assert.match(text, /0 errors, 0 warnings/);
  });

  it("is not mentioned where there is none", () => {
    assert.doesNotMatch(renderReport([alert], "text"), /Accepted/);
    assert.deepEqual(JSON.parse(renderReport([], "json")), { findings: [], accepted: [] });
    assert.doesNotMatch(renderReport([alert], "sarif"), /suppressions/);
  });
});
