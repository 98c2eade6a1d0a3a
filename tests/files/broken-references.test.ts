import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readMarkdown } from "../../core/load/markdown";
import { findingsOf, rightFiles } from "./repository";

/** Something that others refer to, and how it is taken away from them. */
interface Target {
  readonly name: string;
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
  /** How a line refers to it, and in which files. */
  readonly use: RegExp;
  readonly usedIn: RegExp;
}

const queries = /^(prometheus\/rules|grafana|docs\/runbooks|deploy)\//;

function textOf(file: string): string {
  return rightFiles.get(file) ?? "";
}

/** Every metric of the sources, by the place that declares it. */
function metrics(): readonly Target[] {
  const declared = [
    ...[...textOf("services/mc/src/metrics.rs").matchAll(/"(mc_\w+)"/g)].map(([, name = ""]) => ({
      file: "services/mc/src/metrics.rs",
      name,
    })),
    ...[...textOf("services/gc/metrics.go").matchAll(/"(gc_\w+)"/g)].map(([, name = ""]) => ({
      file: "services/gc/metrics.go",
      name,
    })),
    ...[...textOf("docs/metrics/ac.md").matchAll(/^(?:\| |## )`?(ac_\w+)/gm)].map(([, name = ""]) => ({
      file: "docs/metrics/ac.md",
      name,
    })),
    ...[...textOf("metrics/platform.prom").matchAll(/^# TYPE (\w+)/gm)].map(([, name = ""]) => ({
      file: "metrics/platform.prom",
      name,
    })),
  ];
  return [...new Map(declared.map((each) => [each.name, each])).values()]
    .filter(({ name }) => !/gone|test_only/.test(name))
    .map(({ file, name }) => ({
      name,
      file,
      from: new RegExp(`\\b${name}\\b`, "g"),
      to: name.replace("_", "_renamed_"),
      use: new RegExp(`(?<!\`)\\b${name}(_bucket|_count|_sum)?\\b(?!\`)`),
      usedIn: queries,
    }));
}

/** Every alert, by its rule. */
function alerts(): readonly Target[] {
  return ["prometheus/rules/mc.yaml", "prometheus/rules/gc.yaml", "deploy/ac-rules.yaml"].flatMap((file) =>
    [...new Set([...textOf(file).matchAll(/alert: (\w+)/g)].map(([, name = ""]) => name))].map((name) => ({
      name,
      file,
      from: new RegExp(`(?<=alert: )${name}\\b`, "g"),
      to: `${name}X`,
      use: new RegExp(`(?<!alert: )\\b${name}\\b`),
      usedIn: /^(docs|alertmanager|prometheus\/rules)\//,
    })),
  );
}

/** Every heading that something leads to. */
function headings(): readonly Target[] {
  return ["docs/runbooks/mc.md", "docs/runbooks/gc.md", "docs/runbooks/ac.md"].flatMap((file) =>
    readMarkdown(file, textOf(file))
      .headings.filter(({ slug }) => slug !== "symptoms" && slug !== "symptoms-1")
      .map(({ title, slug, line }) => ({
        name: `${file}#${slug}`,
        file,
        from: new RegExp(`(?<=^(?:[^\\n]*\\n){${line - 1}}[# \`]*)${title.replaceAll(".", "\\.")}`),
        to: `Something else about ${title.split(" ")[0]?.toLowerCase() ?? ""}`,
        use: new RegExp(
          `${file.split("/").at(-1)?.replace(".md", "(\\.md)?") ?? ""}(\\?[^#]*)?#${slug}(?![\\w-])|\\]\\(#${slug}\\)`,
          "i",
        ),
        usedIn: /^(docs|prometheus\/rules|deploy)\//,
      })),
  );
}

function dashboards(): readonly Target[] {
  return [
    { uid: "mc-overview", file: "grafana/mc-overview.json" },
    { uid: "gc-overview", file: "grafana/gc-overview.json" },
  ].map(({ uid, file }) => ({
    name: uid,
    file,
    from: `"uid": "${uid}"`,
    to: `"uid": "${uid}-2"`,
    use: new RegExp(`(/d/|__dashboardUid__: )${uid}\\b`),
    usedIn: /^(docs|prometheus\/rules|grafana)\//,
  }));
}

function runtime(): readonly Target[] {
  const row = (name: string, file: string, from: string, use: RegExp): Target => ({
    name,
    file,
    from,
    to: from.replace(name, `${name}x`),
    use,
    usedIn: /^(docs|prometheus\/rules|grafana)\//,
  });
  return [
    row("gc-service", "prometheus/prometheus.yml", "job_name: gc-service", /job=\\?"gc-service/),
    row("mc-service", "prometheus/prometheus.yml", "job_name: mc-service", /job=\\?"mc-service|job%3D%22mc-service/),
    row("last_heartbeat_at", "db/schema.sql", "last_heartbeat_at timestamptz", /last_heartbeat_at/),
    row("ended_at", "db/schema.sql", "ADD COLUMN ended_at", /\bended_at\b/),
    row("zone", "db/schema.sql", "TO zone", /\bzone\b/),
  ];
}

/** The lines of an expression belong together: what is wrong in it twice is told once. */
function startOfBlock(file: string, line: number): number {
  const lines = textOf(file).split("\n");
  const goesOn = file.startsWith("docs/") ? /^\s+\S/ : /^\s+\//;
  let start = line;
  while (start > 1 && goesOn.test(lines[start - 1] ?? "")) start--;
  return start;
}

function usesOf({ use, usedIn, file: own }: Target): readonly string[] {
  return [...rightFiles].flatMap(([file, text]) =>
    usedIn.test(file) && !(file === own && own.startsWith("docs/") && own.includes("metrics"))
      ? text
          .split("\n")
          .flatMap((line, index) => (use.test(line.replace(/trap:.*$/, "")) ? [`${file}:${startOfBlock(file, index + 1)}`] : []))
      : [],
  );
}

describe("every reference that is right", () => {
  for (const target of [...metrics(), ...alerts(), ...headings(), ...dashboards(), ...runtime()]) {
    it(`is told at each use, and nowhere else, when it is broken: ${target.name}`, () => {
      const broken = textOf(target.file).replace(target.from, () => target.to);
      assert.notEqual(broken, textOf(target.file), "the script breaks it");
      const found = findingsOf(new Map(rightFiles).set(target.file, broken)).map(
        ({ subject: { file, line = 0 } }) => `${file}:${startOfBlock(file, line)}`,
      );
      assert.deepEqual([...new Set(found)].sort(), [...new Set(usesOf(target))].sort());
    });
  }
});
