import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strict as assert } from "node:assert";
import { it } from "node:test";
import { allPlays, playAll, printPlayed, writeRuleTests } from "@dark-tower/observability/testing";
import { model } from "./model";

const links = {
  monitoringNamespace: "monitoring",
  grafanaUrl: "https://grafana.example.com",
  runbookBaseUrl: "https://runbooks.example.com",
};

it("the alerts fire and keep quiet as their examples say", () => {
  const { rules, tests } = writeRuleTests(mkdtempSync(join(tmpdir(), "rules-")), model(), links);
  execFileSync("promtool", ["check", "rules", "--lint=all", "--lint-fatal", ...rules], { stdio: "inherit" });
  execFileSync("promtool", ["test", "rules", ...tests], { stdio: "inherit" });
});

it("what happens in production has the outcome that it must have", async () => {
  const { services } = model();
  const played = await playAll(model(), allPlays(services), { promtool: "promtool", processes: 2 });
  for (const each of played) assert.deepEqual(each.complaints, [], printPlayed(each));
});
