import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { jest } from "@jest/globals";
import { z } from "zod";
import { runFilesDoctor } from "../../../library/files/run-files-doctor";
import type { DoctorValues } from "../../../library/run-doctor";
import { eventually } from "../../inhibition/eventually";
import { getJson, startServer, testFolder } from "../../inhibition/server";
import { folderOf } from "../../files/small-repository";
import { play } from "../prometheus/playing-server";

/** The rules of a small shop. */
export const rules = `groups:
  - name: shop
    interval: 1s
    rules:
      - record: status:shop_orders:rate1m
        expr: sum by (status) (rate(shop_orders_total[1m]))
      - alert: OrdersFail
        expr: status:shop_orders:rate1m{status="failed"} > 5
        for: 5m
        labels: { severity: page }
        annotations: { summary: Orders fail }
      - alert: QueueIsLong
        expr: max by (queue) (shop_queue_depth) > 100
        labels: { severity: warning }
        annotations: { summary: A queue is long }
      - alert: ShopIsGone
        expr: absent(up{job="shop"})
        labels: { severity: page }
        annotations: { summary: The shop is gone }
      - alert: Refunds
        expr: increase(shop_refunds_total[5m]) > 0
        labels: { severity: warning }
        annotations: { summary: Somebody was refunded }
`;

/** What its Alertmanager is told. */
export const alertmanagerYaml = `route:
  receiver: chat
  routes:
    - matchers: ['severity="page"']
      receiver: pager
inhibit_rules:
  - source_matchers: ['alertname="ShopIsGone"']
    target_matchers: ['alertname=~"OrdersFail|QueueIsLong"']
    equal: [job]
receivers: [{ name: chat }, { name: pager }]
`;

/** What is declared: rules, what Alertmanager is told, and a catalog. Nothing was refunded yet. */
export const declared: Readonly<Record<string, string>> = {
  "chain.yaml": `rules: [rules/*.yaml]
metrics: [{ files: [docs/metrics.md], as: markdown }]
alertmanager: [alertmanager.yml]
`,
  "rules/shop.yaml": rules,
  "alertmanager.yml": alertmanagerYaml,
  "docs/metrics.md": `# Metrics

| metric | type | labels |
|---|---|---|
| \`shop_orders_total\` | counter | \`status=placed,failed\` |
| \`shop_queue_depth\` | gauge | \`queue=mail,print\` |
| \`shop_wait_seconds\` | histogram (0.1, 1) | – |
| \`shop_refunds_total\` | counter | \`reason=late,broken\` |
`,
};

/** What its /metrics answers. */
export const metrics = `# TYPE shop_orders_total counter
shop_orders_total{status="placed"} 7
shop_orders_total{status="failed"} 0
# TYPE shop_queue_depth gauge
shop_queue_depth{queue="mail"} 3
shop_queue_depth{queue="print"} 0
# TYPE shop_wait_seconds histogram
shop_wait_seconds_bucket{le="0.1"} 1
shop_wait_seconds_bucket{le="1"} 2
shop_wait_seconds_bucket{le="+Inf"} 2
shop_wait_seconds_sum 1
shop_wait_seconds_count 2
`;

/** What runs, where it is not what is declared. */
export interface Shop {
  readonly metrics?: string;
  readonly rules?: string;
  readonly scrapeSeconds?: number;
  readonly alertmanager?: string;
  readonly args?: readonly string[];
}

/** Starts a real Prometheus that scrapes a /metrics of this machine, and waits for the first scrape and the first evaluation. */
export async function startShop(shop: Shop = {}): Promise<string> {
  const { url } = await play((response) => response.setHeader("content-type", "text/plain").end(shop.metrics ?? metrics));
  const folder = testFolder();
  writeFileSync(join(folder, "rules.yml"), shop.rules ?? rules);
  const alerting =
    shop.alertmanager === undefined
      ? {}
      : { alerting: { alertmanagers: [{ static_configs: [{ targets: [new URL(shop.alertmanager).host] }] }] } };
  const configuration = JSON.stringify({
    global: { scrape_interval: `${shop.scrapeSeconds ?? 1}s`, scrape_timeout: "1s", evaluation_interval: "1s" },
    rule_files: ["rules.yml"],
    scrape_configs: [{ job_name: "shop", static_configs: [{ targets: [new URL(url).host] }] }],
    ...alerting,
  });
  const args = ["--storage.tsdb.path=data", ...(shop.args ?? [])];
  const prometheus = await startServer({ tool: "prometheus", folder, configuration, args });
  await eventually(async () => {
    await seen(prometheus, "up");
    await seen(prometheus, "status:shop_orders:rate1m");
    const { data } = ruleHealth.parse(await getJson(`${prometheus}/api/v1/rules`));
    const waiting = data.groups.flatMap((group) => group.rules).filter(({ health }) => health === "unknown");
    if (waiting.length > 0) throw new Error("Not every rule was evaluated.");
  });
  return prometheus;
}

const ruleHealth = z.object({
  data: z.object({ groups: z.array(z.object({ rules: z.array(z.object({ health: z.string() })) })) }),
});
const vector = z.object({ data: z.object({ result: z.array(z.unknown()) }) });

async function seen(prometheus: string, expr: string): Promise<void> {
  const { data } = vector.parse(await getJson(`${prometheus}/api/v1/query?query=${encodeURIComponent(expr)}`));
  if (data.result.length === 0) throw new Error(`Prometheus has nothing for ${expr}.`);
}

/** What `chain doctor` prints of what is declared, a line a finding, and exits with. */
export async function doctor(
  files: Readonly<Record<string, string>>,
  servers: Partial<DoctorValues>,
): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const config = join(folderOf(files), "chain.yaml");
  const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
  const before = process.cwd();
  process.chdir(join(config, ".."));
  try {
    const code = await runFilesDoctor("chain.yaml", { "timeout-seconds": "10", format: "json", ...servers });
    const { findings } = printed.parse(JSON.parse(String(log.mock.calls[0]?.[0])));
    const lines = findings.map(
      ({ severity, check, subject: { file, line, name = "" }, message }) =>
        `${severity} ${check} ${file}:${line ?? ""} ${name}: ${message}`,
    );
    return { code, lines };
  } finally {
    process.chdir(before);
    log.mockRestore();
  }
}

const printed = z.object({
  findings: z.array(
    z.object({
      severity: z.string(),
      check: z.string(),
      subject: z.object({ file: z.string(), line: z.number().optional(), name: z.string().optional() }),
      message: z.string(),
    }),
  ),
});
