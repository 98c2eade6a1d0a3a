import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, it, jest } from "@jest/globals";
import { runFilesDoctor } from "../../../library/files/run-files-doctor";
import { startAlertmanager } from "../../inhibition/alertmanager";
import { testFolder } from "../../inhibition/server";
import { play } from "../prometheus/playing-server";
import { startShop } from "./shop";

const metrics = `# TYPE shop_orders_total counter
shop_orders_total{status="placed"} 7
shop_orders_total{status="timeout"} 0
# TYPE shop_queue_depths gauge
shop_queue_depths{queue="mail"} 3
`;
const headings = ["orders-fail", "queue-is-long", "shop-is-gone", "refund-spike", "most-orders"];
const page = headings.map((id) => `<h2 id="${id}">x</h2>`).join("");

describe("docs/doctor.md", () => {
  it("begins with what is printed today, of the files in documented/", async () => {
    const folder = testFolder();
    cpSync(join(__dirname, "documented"), folder, { recursive: true });
    const pages = await play((response) => response.end(page));
    const file = join(folder, "rules/shop.yaml");
    const rules = readFileSync(file, "utf8").replaceAll("http://127.0.0.1:38000", pages.url);
    writeFileSync(file, rules);
    const alerting = readFileSync(join(folder, "alertmanager.yml"), "utf8");
    const alertmanager = await startAlertmanager(alerting.replace(/inhibit_rules:[^]*equal: \[job\]\n/, ""));
    const loaded = rules.replace("> 100", "> 50").replace(/ {6}- alert: ShopIsGone[^]*?shop-is-gone" }\n/, "");
    const prometheus = await startShop({ metrics, rules: loaded, alertmanager: alertmanager.url });

    const log = jest.spyOn(console, "log").mockImplementation(() => undefined);
    const before = process.cwd();
    process.chdir(folder);
    const code = await runFilesDoctor("chain.yaml", {
      prometheus,
      alertmanager: alertmanager.url,
      runbooks: true,
      "timeout-seconds": "10",
      format: "text",
    }).finally(() => process.chdir(before));
    const printed = log.mock.calls.map(([text]) => String(text)).join("\n");
    log.mockRestore();
    assert.equal(code, 1);
    const documented = printed
      .replaceAll(pages.url, "http://127.0.0.1:38000")
      .replaceAll(prometheus, "http://localhost:9090")
      .replaceAll(alertmanager.url, "http://localhost:9093");
    const text = readFileSync(resolve(__dirname, "../../../docs/doctor.md"), "utf8");
    assert.equal(/^\$ npx chain doctor.*\n([^]*?)```/m.exec(text)?.[1], `${documented}\n`);
  });
});
