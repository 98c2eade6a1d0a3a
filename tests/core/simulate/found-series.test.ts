import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, it } from "@jest/globals";
import { stringify } from "yaml";
import { z } from "zod";
import { checks } from "../../../core/checks";
import { checkModel } from "../../../core/checks/check";
import type { Installation } from "../../../core/model/installation";
import { indexOf, type Model } from "../../../core/model/model";
import { readQuery, walk } from "../../../core/model/promql-syntax";
import { forController, gatesOf, rolloutPhases } from "../../../core/model/rollout";
import type { Service } from "../../../core/model/service";
import { atInstallation } from "../../../core/render/at-installation";
import { renderRuleGroups } from "../../../core/render/rule-groups";
import { targetsOf, type Convention } from "../../../core/simulate/convention";
import { idle, type Flow } from "../../../core/simulate/flow";
import { inTemporaryFolder, type LocalServer } from "../../../core/simulate/local-server";
import { scrapeAll } from "../../../core/simulate/scrape";
import { goodDay, type World } from "../../../core/simulate/world";
import { worldAt } from "../../../core/simulate/world-at";
import { startWrittenPrometheus, writeSeries } from "../../../core/simulate/written-prometheus";
import { loadProject } from "../../../project";
import { prometheus } from "../../tools/prometheus";
import { environment } from "../render/environment";
import { allRendered } from "../render/rendered-dashboards";

const { checked: model } = checkModel(loadProject(resolve(__dirname, "../../..")), checks);
assert.ok(model);

interface Scraped {
  readonly convention: Convention;
  readonly installation: Installation;
}

const conventions: Readonly<Record<string, Scraped>> = {
  "plain Prometheus": { convention: "plain", installation: {} },
  "the operator": { convention: "operator", installation: {} },
  "the operator, in another namespace": { convention: "operator", installation: { workloadNamespace: "town-b" } },
  "an agent with external labels": { convention: "plain", installation: { externalLabels: { cluster: "eu-1" } } },
};

/** Every declared series of every service, in every pod. */
function everything(of: Model): World {
  const day = goodDay(of.services);
  const flows = (service: Service): readonly Flow[] =>
    Object.values(service.metrics)
      .flatMap((metric) => idle(metric, "status_code" in metric.labels ? { status_code: ["200", "500"] } : {}))
      .map((flow) => ({ ...flow, isBornWithProcess: true, phases: [{ from: -Infinity, value: 1, seconds: 0.01 }] }));
  return { ...day, instances: day.instances.map((instance) => ({ ...instance, flows: flows(instance.service) })) };
}

/** A question that must have an answer, and where it stands. */
interface Question {
  readonly place: string;
  readonly query: string;
}

/**
 * Every selector of every panel as Grafana asks it with "All", of every alert and of every recording rule. Of gates, and of the
 * panels that draw them, the whole query: it finds a controller's series in one of two ways, by pod or by address.
 */
function questionsOf(of: Model): readonly Question[] {
  const panels = allRendered(of).flatMap(({ service, dashboard, json }) =>
    json.panels
      .flatMap((panel) => [panel, ...panel.panels])
      .flatMap(({ title, targets }) =>
        targets.map(({ expr }) => ({ place: `${dashboard.uid}: ${title}`, query: withAll(expr, service) })),
      ),
  );
  const rules = of.services.flatMap((service) =>
    renderRuleGroups(service, indexOf(of), environment).flatMap((group) =>
      group.rules.map((rule) => ({ place: "alert" in rule ? rule.alert : rule.record, query: rule.expr })),
    ),
  );
  const gates = of.services.flatMap(({ id, rollout }) =>
    rollout
      ? rolloutPhases.flatMap((phase) =>
          gatesOf(rollout, phase).map((gate) => {
            const { expr } = gate.type === "promql" ? gate.query : gate.seenAs.query;
            return { place: `gate ${id}/${phase}/${gate.id}`, query: forController(expr, rollout.controllers[0] ?? "") };
          }),
        )
      : [],
  );
  const [whole, inParts] = [[...gates], [...rules]] as [Question[], Question[]];
  for (const panel of panels) (panel.place.includes("-rollout:") ? whole : inParts).push(panel);
  return [...whole, ...inParts.flatMap(selectorsOf)].filter(({ query }) => !/^(prometheus|alertmanager)_/.test(query));
}

function selectorsOf({ place, query }: Question): readonly Question[] {
  const { tree } = readQuery(query);
  assert.ok(tree, query);
  return walk(tree).flatMap((node) => {
    if (node.type !== "selector") return [];
    const matchers = node.matchers.map(({ label, op, value }) => `${label}${op}${JSON.stringify(value)}`);
    return [{ place, query: `${node.metric}{${matchers.join(",")}}` }];
  });
}

function withAll(expr: string, { rollout }: Service): string {
  return expr
    .replaceAll(/\$(namespace|instance)\b/g, ".*")
    .replaceAll("$controller", rollout?.controllers[0] ?? "")
    .replaceAll("$__rate_interval", "4m");
}

const answer = z.object({ data: z.object({ result: z.array(z.unknown()) }) });

async function hasSeries({ url }: LocalServer, query: string): Promise<boolean> {
  const response = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query }).toString()}`);
  if (!response.ok) throw new Error(`${query}: ${await response.text()}`);
  return answer.parse(await response.json()).data.result.length > 0;
}

async function unfound({ convention, installation }: Scraped): Promise<readonly string[]> {
  assert.ok(model);
  const here = atInstallation(model, installation);
  const world = worldAt(everything(here), here);
  const stored = scrapeAll(targetsOf(world, convention), { everySeconds: 15, historySeconds: 900, lastsSeconds: 0, missing: [] });
  return inTemporaryFolder(async (folder) => {
    const recordings = here.services
      .flatMap((service) => renderRuleGroups(service, indexOf(here), environment))
      .map(({ name, rules }) => ({ name, interval: "1s", rules: rules.filter((rule) => "record" in rule) }));
    writeFileSync(join(folder, "rules.yml"), stringify({ groups: recordings.filter(({ rules }) => rules.length > 0) }));
    const configuration = stringify({ rule_files: ["rules.yml"] });
    const server = await startWrittenPrometheus({ command: await prometheus(), folder, configuration, args: [] });
    try {
      const now = Date.now();
      await writeSeries(server, stored, (second) => now + second * 1000);
      const left = new Map(questionsOf(here).map(({ query, place }) => [query, place]));
      // What is recorded from what is recorded takes a few evaluations.
      for (let attempt = 0; attempt < 40 && left.size > 0; attempt += 1) {
        for (const query of left.keys()) if (await hasSeries(server, query)) left.delete(query);
        await sleep(250);
      }
      return [...left].map(([query, place]) => `${place}: ${query}`);
    } finally {
      server.stop();
    }
  });
}

describe("series that are labelled as a scrape labels them", () => {
  for (const [name, scraped] of Object.entries(conventions))
    it(`are found by every panel, alert, recording rule and gate: ${name}`, async () => {
      assert.deepEqual(await unfound(scraped), []);
    });
});
