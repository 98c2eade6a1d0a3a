import assert from "node:assert/strict";
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { configurationSchema } from "../../core/load/files/configuration";
import { listFiles } from "../../core/load/files/find-files";
import type { Finding } from "../../core/model/finding";
import { checkFiles } from "../../library/files/check-files";
import { findingsOf, rightFiles } from "./repository";
import { randomFrom } from "../random";

const right = "groups:\n  - name: g\n    rules:\n      - alert: A\n        expr: up == 0\n";
const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${["b", "c", "d", "e", "f", "g", "h", "i"].map((key, index) => `${key}: &${key} [${Array.from({ length: 9 }, () => `*${String.fromCharCode(97 + index)}`).join(",")}]`).join("\n")}\n`;

let root = "";
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "hostile-"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

function check(content: string | Buffer, name = "r.yaml"): readonly string[] {
  const folder = mkdtempSync(join(root, "f-"));
  writeFileSync(join(folder, name), content);
  const settings = configurationSchema.parse({ rules: ["*.yaml"], dashboards: ["*.json"], runbooks: ["*.md"] });
  const wanted = {
    ...settings,
    rules: name.endsWith("yaml") ? ["*.yaml"] : [],
    dashboards: name.endsWith("json") ? ["*.json"] : [],
    runbooks: name.endsWith("md") ? ["*.md"] : [],
  };
  return checkFiles(folder, wanted).findings.map(tell);
}

function tell({ check: id, subject: { line, column }, message }: Finding): string {
  return `${id}${line === undefined ? "" : ` ${line}:${column ?? 0}`}: ${message}`;
}

describe("a file that is not what it should be", () => {
  const rows: readonly (readonly [string, string | Buffer, RegExp, string?])[] = [
    ["YAML that ends too early", `${right}        labels: { severity: "pa`, /^file-is-readable 6:\d+: is no YAML: /],
    ["YAML with a tab", right.replace("    rules", "\trules"), /^file-is-readable 3:\d+: is no YAML: /],
    ["a key twice", `${right}        expr: up\n`, /^file-is-readable 6:9: is no YAML: Map keys must be unique/],
    [
      "an alias without an anchor",
      right.replace("up == 0", "*gone"),
      /^file-is-readable.*is (no YAML|YAML that cannot be expanded): Unresolved alias/,
    ],
    ["an alias that contains itself", "groups: &g\n  - *g\n", /^file-is-readable: is YAML with an alias that contains itself\.$/],
    ["a billion laughs", bomb, /^file-is-readable: is YAML that cannot be expanded: Excessive alias count/],
    ["a binary file", Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1]), /^file-is-readable: is no text: it has bytes of zero/],
    [
      "invalid UTF-8",
      Buffer.concat([Buffer.from(`${right}# `), Buffer.from([0xff, 0xfe])]),
      /^file-is-readable: is no UTF-8 \(line 6\)\. Save it as UTF-8\.$/,
    ],
    [
      "a Helm template",
      'groups:\n{{- range .Values.x }}\n  - name: "{{ .name }}"\n{{- end }}\n',
      /^file-is-readable 2:\d+: is a Helm template\. Give what `helm template` makes of it/,
    ],
    [
      "50 MB of JSON",
      Buffer.alloc(50 * 1024 * 1024, "[1,"),
      /^file-is-readable: is 50 MiB, and was not read: no server takes more than 16 MiB/,
      "d.json",
    ],
    ["JSON that ends too early", '{"title": "x", "panels": [', /^file-is-readable 1:27: is no JSON: /, "d.json"],
    [
      "groups that are none",
      "groups:\n  - 1\n  - { name: g, rules: [2, { alert: [x] }] }\n",
      /^rule-is-whole 2:5: a group is no mapping/,
    ],
  ];
  for (const [name, content, expected, file] of rows) {
    it(`is told by name, without a stack: ${name}`, () => {
      const [first = ""] = check(content, file);
      assert.match(first, expected);
    });
  }

  const silent: readonly (readonly [string, string | Buffer, string?])[] = [
    ["a byte order mark", `\uFEFF${right}`],
    ["line ends of Windows", right.replaceAll("\n", "\r\n")],
    ["an empty file", ""],
    ["documents of which some are empty", `---\n---\n${right}---\n# nothing\n`],
    [
      "many aliases that stay small",
      `${right}        labels: &x { severity: page }\n      - alert: B\n        expr: up == 0\n        labels: *x\n`,
    ],
    ["text in all scripts", `${right}        annotations: { summary: "Ошибка 障害 🔥 عطل" }\n`],
    ["JSON of another kind", '{"compilerOptions": {}}', "d.json"],
    ["Markdown with nothing in it", "\n", "d.md"],
  ];
  for (const [name, content, file] of silent) {
    it(`is right, and nothing is said: ${name}`, () => assert.deepEqual(check(content, file), []));
  }

  it("is found once, though links lead in circles", () => {
    const folder = mkdtempSync(join(root, "loop-"));
    mkdirSync(join(folder, "a"));
    writeFileSync(join(folder, "a", "r.yaml"), right);
    symlinkSync("..", join(folder, "a", "up"));
    symlinkSync("gone", join(folder, "dangling"));
    symlinkSync("self", join(folder, "self"));
    assert.deepEqual(listFiles(folder), ["a/r.yaml"]);
  });
});

describe("10,000 seeded mutations", () => {
  it("end in findings that name a place in a file, never in an exception", () => {
    const random = randomFrom(20240611);
    const names = [...rightFiles.keys()].filter((name) => name !== "chain.yaml");
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)];
    const noise = [
      "",
      "{",
      "}",
      "[",
      "]",
      '"',
      "'",
      "\n",
      "  ",
      ":",
      "- ",
      "&a ",
      "*a ",
      "|",
      ">",
      "\t",
      "\u0000",
      "$",
      "{{",
      "}}",
      "#",
      "`",
      "1e999",
      "\\",
      "💥",
      "!!binary ",
      "<<: ",
    ];
    for (let round = 0; round < 2000; round++) {
      const files = new Map(rightFiles);
      // Five mutations at a time, each in a file of its own: five files are read anew.
      for (let each = 0; each < 5; each++) {
        const name = pick(names) ?? "";
        const text = files.get(name) ?? "";
        const at = Math.floor(random() * text.length);
        const length = Math.floor(random() * (random() < 0.1 ? 400 : 8));
        files.set(name, text.slice(0, at) + (pick(noise) ?? "") + (random() < 0.05 ? "" : text.slice(at + length)));
      }
      for (const { subject, message } of findingsOf(files)) {
        assert.ok(files.has(subject.file), `round ${round}: ${message}`);
        const lines = (files.get(subject.file) ?? "").split("\n").length;
        assert.ok(
          (subject.line ?? 1) >= 1 && (subject.line ?? 1) <= lines + 1,
          `round ${round}: line ${subject.line ?? 0} of ${lines}: ${message}`,
        );
      }
    }
  });
});
