import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { readQuery } from "../../../../core/model/promql-syntax";
import { promtool } from "../../../tools/promtool";
import { mutations } from "./mutation";
import { prometheusExpressions } from "./prometheus-data";

const flags = "promql-experimental-functions,promql-binop-fill-modifiers";
const seed = 11;

describe("our reading of PromQL, beside Prometheus' own", () => {
  const expressions = prometheusExpressions();
  const folder = mkdtempSync(join(tmpdir(), "promql-"));
  let tool = "";
  beforeAll(async () => {
    tool = await promtool();
  });
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  /** Those of the expressions that Prometheus refuses: one call for all of them. */
  function refusedByPrometheus(texts: readonly string[], ...options: readonly string[]): ReadonlySet<string> {
    const file = join(folder, "rules.yaml");
    const rules = texts.map((expr, index) => ({ record: `r${index}`, expr }));
    writeFileSync(file, JSON.stringify({ groups: [{ name: "g", rules }] }));
    const { stderr } = spawnSync(tool, ["check", "rules", "--lint=none", ...options, file], {
      encoding: "utf8",
      maxBuffer: 2 ** 30,
    });
    return new Set([...stderr.matchAll(/rule \d+, "r(\d+)": /g)].map(([, index]) => texts[Number(index)] ?? ""));
  }

  function compare(texts: readonly string[], title: string): void {
    const verdicts = [
      { refused: refusedByPrometheus(texts), takes: (text: string) => readQuery(text).experimental.length === 0 },
      { refused: refusedByPrometheus(texts, `--enable-feature=${flags}`), takes: () => true },
    ];
    const differs = texts.filter((text) =>
      verdicts.some(({ refused, takes }) => (readQuery(text).errors.length === 0 && takes(text)) === refused.has(text)),
    );
    const refused = verdicts[0]?.refused.size ?? 0;
    console.log(
      `${title}: ${texts.length} expressions, ${refused} of them refused by Prometheus; ` +
        `${texts.length - differs.length} agree, ${differs.length} differ.`,
    );
    assert.ok(refused > 0 && refused < texts.length, "promtool has not told good from bad");
    assert.deepEqual(differs, []);
  }

  it("has the same verdict on every expression of Prometheus' own tests", () => {
    assert.ok(expressions.length > 2000, `only ${expressions.length} expressions were found`);
    compare(expressions, "Prometheus' own tests");
  });

  it("has the same verdict on 10,000 mutations of them", () => {
    compare(mutations(expressions, 10_000, seed), `Mutations (seed ${seed})`);
  });
});
