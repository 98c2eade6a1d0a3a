import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { fileChecks, privacyCheck } from "../../core/checks/files";
import type { Finding } from "../../core/model/finding";
import type { Defect } from "./defect";
import { defects } from "./defects";
import { findingsOf, rightFiles } from "./repository";

/** The place of a defect in the right file, of which there is one. */
function spanOf({ file, from }: Defect): { readonly start: number; readonly end: number } {
  const text = rightFiles.get(file) ?? "";
  assert.equal(text.split(from).length, 2, `${file} has this once: ${from}`);
  return { start: text.indexOf(from), end: text.indexOf(from) + from.length };
}

function withDefects(some: readonly Defect[]): ReadonlyMap<string, string> {
  const files = new Map(rightFiles);
  const fromBehind = [...some].sort((a, b) => spanOf(b).start - spanOf(a).start);
  for (const defect of fromBehind) {
    const { start, end } = spanOf(defect);
    const text = files.get(defect.file) ?? "";
    files.set(defect.file, text.slice(0, start) + defect.to + text.slice(end));
  }
  return files;
}

/** A whole line: what is wrong in one place of an expression hides what is in another. */
function linesOf(defect: Defect): { readonly start: number; readonly end: number } {
  const { start, end } = spanOf(defect);
  const text = rightFiles.get(defect.file) ?? "";
  const next = text.indexOf("\n", end);
  return { start: text.lastIndexOf("\n", start) + 1, end: next < 0 ? text.length : next };
}

/** The defects in as few groups as possible, in which none stands where another does. */
function apart(): readonly (readonly Defect[])[] {
  const groups: Defect[][] = [];
  for (const defect of defects) {
    const { start, end } = linesOf(defect);
    const isFree = (group: readonly Defect[]): boolean =>
      group.every((other) => other.file !== defect.file || linesOf(other).end <= start || linesOf(other).start >= end);
    const group = groups.find(isFree);
    if (group) group.push(defect);
    else groups.push([defect]);
  }
  return groups;
}

const mark = "«";

/** Where the marks stand once all of them are gone. Two on one line push each other. */
function placesOf(text: string): readonly string[] {
  return text.split("\n").flatMap((line, index) =>
    line
      .split(mark)
      .slice(0, -1)
      .map((_, number, parts) => `${index + 1}:${parts.slice(0, number + 1).join("").length + 1}`),
  );
}

function tell({ check, severity, subject: { file, line = 0, column } }: Finding): string {
  return `${severity} ${check} ${file}:${line}${file.endsWith(".md") ? "" : `:${column ?? 0}`}`;
}

function expected(defect: Defect): string {
  const text = withDefects([defect]).get(defect.file) ?? "";
  const [place = ""] = placesOf(text);
  return `${defect.severity ?? "error"} ${defect.check} ${defect.file}:${defect.file.endsWith(".md") ? (place.split(":")[0] ?? "") : place}`;
}

function found(files: ReadonlyMap<string, string>): readonly string[] {
  return findingsOf(new Map([...files].map(([file, text]) => [file, text.replaceAll(mark, "")]))).map(tell);
}

describe("the repository in which everything is right", () => {
  it("has no finding, and at least 80 things that are right although they do not look so", () => {
    assert.deepEqual(findingsOf(rightFiles), []);
    const traps = [...rightFiles.values()].join("\n").match(/trap:/g) ?? [];
    assert.ok(traps.length >= 80, `${traps.length} traps`);
  });
});

describe("the defects", () => {
  for (const defect of defects) {
    it(`${defect.check}: ${defect.to.slice(0, 80)}`, () => {
      assert.deepEqual(found(withDefects([defect])), [expected(defect)]);
    });
  }

  it("are told all at once as each by itself", () => {
    const groups = apart();
    assert.ok((groups[0]?.length ?? 0) >= 80, `${groups[0]?.length ?? 0} defects stand apart`);
    for (const group of groups) tellsTogether(group);
  });

  function tellsTogether(group: readonly Defect[]): void {
    const together = withDefects(group);
    const marked = [...together].flatMap(([file, text]) =>
      placesOf(text).map((place) => `${file}:${file.endsWith(".md") ? (place.split(":")[0] ?? "") : place}`),
    );
    const places = found(together).map((finding) => finding.split(" ")[2] ?? "");
    assert.deepEqual([...places].sort(), [...marked].sort());
  }

  it("are at least 80 of at least 25 kinds, and of every check", () => {
    const kinds = new Set(defects.map(({ check }) => check));
    assert.ok(defects.length >= 80 && kinds.size >= 25, `${defects.length} of ${kinds.size} kinds`);
    const all = [...fileChecks, privacyCheck].map(({ id }) => id);
    assert.deepEqual(
      all.filter((id) => !kinds.has(id)),
      ["file-is-readable", "query-has-result", "label-argument-fits", "library-panel-is-followed", "panel-shows-alert"],
      "these are tested in hostile.test.ts, below, and with the declared model",
    );
  });
});

describe("what changes the meaning of other files", () => {
  const rows: readonly (readonly [string, Defect, readonly string[]])[] = [
    [
      "an alert whose metric is on no panel any more",
      {
        check: "panel-shows-alert",
        file: "grafana/gc-overview.json",
        from: "sum by (endpoint) (rate(gc_http_requests_total[5m]))",
        to: "up",
      },
      ["warning panel-shows-alert prometheus/rules/gc.yaml:14:9"],
    ],
    [
      "a library panel may show what no other does",
      {
        check: "library-panel-is-followed",
        file: "grafana/gc-overview.json",
        from: '"id": 2,',
        to: '"libraryPanel": { "uid": "x" }, "id": 2,',
      },
      ["warning library-panel-is-followed grafana/gc-overview.json:22:7"],
    ],
    [
      "a rule file that Prometheus does not read",
      { check: "rule-is-loaded", file: "prometheus/prometheus.yml", from: "rules/*.yaml", to: "rules/mc*.yaml" },
      ["error rule-is-loaded prometheus/rules/gc.yaml:0:0", "error rule-is-loaded prometheus/rules/recording.yaml:0:0"],
    ],
  ];
  for (const [name, defect, findings] of rows) {
    it(name, () => assert.deepEqual(found(withDefects([defect])), findings));
  }
});
