import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { readTypescriptCatalog } from "../../../core/load/files/typescript-catalog";
import type { Metric } from "../../../core/model/metric";
import { services } from "../../../services";

const root = resolve(__dirname, "../../..");

describe("a catalog in TypeScript, read as text", () => {
  for (const folder of ["gc", "mc"])
    it(`has what services/${folder} declares`, () => {
      const files = readdirSync(join(root, "services", folder)).map((file) => join(root, "services", folder, file));
      const read = files.flatMap((file) => readTypescriptCatalog(file, readFileSync(file, "utf8")));
      const plain = read.map(({ name, type, labels, buckets, help }) => ({ name, type, labels, buckets, help }));
      const declared: readonly Metric[] = Object.values(services.find(({ id }) => id === folder)?.metrics ?? {});
      const expected = declared.map((metric) => ({
        name: metric.name,
        type: metric.type,
        labels: Object.fromEntries(
          Object.entries(metric.labels).map(([label, values]) => [label, "atMost" in values ? undefined : [...values]]),
        ),
        buckets: metric.type === "histogram" ? [...metric.buckets] : undefined,
        help: metric.help,
      }));
      for (const [index, metric] of expected.entries()) assert.deepEqual(plain[index], metric);
      assert.equal(plain.length, expected.length);
    });

  const rows: readonly (readonly [what: string, text: string, metric: object])[] = [
    ["a value that is computed, which is not known", 'gauge("a", { labels: { x: list() } })', { labels: { x: undefined } }],
    ["labels of another file, which are not known", 'gauge("a", { labels: shared })', {}],
    ["labels of which some come from elsewhere", 'gauge("a", { labels: { ...shared, x: ["1"] } })', {}],
    ["a comma in a text", 'gauge("a", { help: "x, y", labels: {} })', { labels: {}, help: "x, y" }],
    [
      "brackets in texts and comments",
      'gauge("a", { // }\n help: "}", labels: { x: ["]"] } })',
      { labels: { x: ["]"] }, help: "}" },
    ],
    ["a text that is put together", 'gauge("a", { help: `x ${y}`, labels: {} })', { labels: {} }],
    ["a number with an exponent", 'histogram("a", { labels: {}, buckets: [5e-3, 1] })', { labels: {}, buckets: [0.005, 1] }],
    [
      "buckets under their own name",
      'const buckets = [1, 2];\nhistogram("a", { labels: {}, buckets })',
      { labels: {}, buckets: [1, 2] },
    ],
    [
      "the metrics of actors",
      'const types = ["A", "B"] as const;\nexport const m = { ...actorMetrics("a", types) };',
      {
        name: "a_actor_mailbox_depth",
        labels: { actor_type: ["A", "B"] },
        help: "Messages waiting in the mailboxes of an actor type.",
      },
    ],
    ["a declaration that is cut off", 'gauge("a", { labels: { x: ["1"', {}],
  ];
  for (const [what, text, expected] of rows)
    it(`may have ${what}`, () => {
      const [{ name, labels, buckets, help } = { name: "" }] = readTypescriptCatalog("a.ts", text);
      const known = { ...(labels && { labels }), ...(buckets && { buckets }), ...(help !== undefined && { help }) };
      assert.deepEqual({ name, ...known }, { name: "a", ...expected });
    });
});
