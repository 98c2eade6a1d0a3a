import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { readTypescriptCatalog } from "../../../core/load/files/typescript-catalog";
import type { Metric } from "../../../core/model/metric";
import { actorMetrics } from "../../../core/model/standard/actors";
import { heartbeatMetrics } from "../../../core/model/standard/heartbeats";
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

  it("has the metrics that parts bring, with their labels and buckets", () => {
    const file = "tests/new-services/services/mh/alerts.ts";
    const read = readTypescriptCatalog(file, readFileSync(join(root, file), "utf8"));
    const metrics: readonly Metric[] = [
      ...Object.values<Metric>({ ...actorMetrics("mh", ["StreamActor", "RoomActor"]) }),
      ...Object.values<Metric>(heartbeatMetrics("mh", { to: "MC", everySeconds: 10, lostAfterSeconds: 30 })),
    ];
    assert.deepEqual(
      read.map(({ name, type, labels, buckets, help }) => ({ name, type, labels, help, ...(buckets && { buckets }) })),
      metrics.map(({ name, type, labels, help, ...rest }) => ({
        name,
        type,
        labels,
        help,
        ...("buckets" in rest && { buckets: rest.buckets }),
      })),
    );
  });

  it.each([
    ["a constant", 'const r = { to: "GC", everySeconds: 5, lostAfterSeconds: 9 };\nheartbeatMetrics("a", r);'],
    [
      "what is spread in",
      'const r = { to: "GC" };\nheartbeatPart("a", workload, { ...r, runbook, stopped: { severity: "page" } });',
    ],
  ])("knows to whom heartbeats go from %s", (_, text) => {
    assert.deepEqual(
      readTypescriptCatalog("a.ts", text).map(({ name }) => name),
      ["a_gc_heartbeat_total", "a_gc_heartbeat_latency_seconds"],
    );
  });

  it.each(['heartbeatMetrics("a", fromElsewhere)', "actorPart(id, workload, { types })", "actorPart("])(
    "says nothing of names that are not written there: %s",
    (text) => {
      assert.deepEqual(readTypescriptCatalog("a.ts", text), []);
    },
  );

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
