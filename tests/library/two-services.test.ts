import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { brokenLinks, filesIn, manifestsIn } from "../engine/deployed";
import { changesOf } from "../engine/scratch-project";
import { type ExampleProgram, installExample } from "./example-program";

describe("two services in one stack, in a program outside this repository", () => {
  let example: ExampleProgram;
  beforeAll(async () => {
    example = await installExample("two-services");
  });
  afterAll(() => example.remove());

  it("compiles, and finds everything generated up to date", () => {
    const files = ["runbooks/sections.ts", "runbooks/mail/incident-response.md", "runbooks/sms/incident-response.md"];
    const committed = files.map(example.read);
    example.run("npm", "run", "generate");
    assert.deepEqual(files.map(example.read), committed);
    assert.match(example.run("npx", "chain", "check"), /^\d+ checks: 0 errors, 0 warnings\.\n$/);
  });

  it("deploys both under names of their own, in the namespace that the program creates, without a broken link", async () => {
    assert.equal(changesOf(await example.up()).length, 10);
    const own = manifestsIn(example.deployed).map(({ kind, metadata }) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`);
    assert.deepEqual(own.sort(), [
      "AlertmanagerConfig relays-monitoring/relays",
      "ConfigMap relays-monitoring/invitations-dashboard-mail",
      "ConfigMap relays-monitoring/invitations-mail-runbooks",
      "ConfigMap relays-monitoring/reminders-dashboard-sms",
      "ConfigMap relays-monitoring/reminders-sms-runbooks",
      "Namespace /relays-monitoring",
      "PodMonitor relays-monitoring/invitations-mail-scrape",
      "PodMonitor relays-monitoring/reminders-sms-scrape",
      "PrometheusRule relays-monitoring/invitations-mail",
      "PrometheusRule relays-monitoring/reminders-sms",
    ]);
    assert.deepEqual(brokenLinks(example.deployed), []);
    const labels = filesIn(example.deployed).map((file) => /part-of: (.*)/.exec(readFileSync(file, "utf8"))?.[1]);
    assert.deepEqual([...new Set(labels.filter((label) => label !== undefined))], ["relays"]);
  });

  it("changes nothing when it is deployed again", async () => {
    assert.deepEqual(
      changesOf(await example.up()).filter((change) => !change.startsWith("unchanged")),
      [],
    );
  });

  it("has declarations that say on hover what each argument is, and what happens without it", () => {
    const declared = readFileSync(join(example.installed, "dist/components/service-observability.d.ts"), "utf8");
    const [args = ""] = /interface ServiceObservabilityArgs \{.*?\n\}/s.exec(declared) ?? [];
    const fields = [...args.matchAll(/\n {4}readonly (\w+)\??: /g)].map(([, field]) => String(field));
    assert.ok(fields.length > 8);
    for (const field of fields) assert.match(args, new RegExp(`\\*/\\n {4}readonly ${field}\\??: `), field);
  });
});
