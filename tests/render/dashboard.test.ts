import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { z } from "zod";
import { indexOf } from "../../model/model";
import { panel, type Dashboard, type Panel } from "../../model/panel";
import { queryOf } from "../../model/query";
import { renderDashboard } from "../../render/dashboard";
import { loadProject } from "../../project";
import { exampleModel } from "../checks/example";
import { links } from "./links";

const link = z.object({ title: z.string(), url: z.string() });
const datasource = z.object({ type: z.string(), uid: z.string() });
const place = z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() });
const shown = z.object({
  id: z.number().optional(),
  type: z.string(),
  title: z.string(),
  gridPos: place,
  description: z.string().optional(),
  datasource: datasource.optional(),
  links: z.array(link).default([]),
  targets: z.array(z.object({ refId: z.string(), expr: z.string(), legendFormat: z.string() })).default([]),
  fieldConfig: z
    .object({ defaults: z.object({ unit: z.string().optional(), min: z.number().optional(), thresholds: z.unknown() }) })
    .optional(),
});
const rendered = z.object({
  uid: z.string(),
  title: z.string(),
  editable: z.boolean(),
  tags: z.array(z.string()),
  links: z.array(link),
  templating: z.object({
    list: z.array(z.object({ name: z.string(), type: z.string(), query: z.string(), current: z.unknown().optional() })),
  }),
  panels: z.array(shown),
});

const panels = (count: number, unit: Panel["unit"] = "short"): readonly Panel[] =>
  Array.from({ length: count }, (_, index) =>
    panel(`p${index}`, { title: `P${index}`, shows: "x", unit, queries: { q: { query: queryOf("up"), legend: "{{job}}" } } }),
  );

describe("a rendered dashboard", () => {
  const { dashboard, json } = renderExample();

  it("has its uid, its title and its tags, and cannot be edited", () => {
    const { uid, title, editable, tags } = json;
    assert.deepEqual(
      { uid, title, editable, tags },
      { uid: "ex-overview", title: "EX overview", editable: false, tags: ["dark-tower", "ex"] },
    );
  });

  it("lets people choose the data source, which every panel asks", () => {
    const [variable] = json.templating.list;
    assert.deepEqual([variable?.name, variable?.type, variable?.query], ["datasource", "datasource", "prometheus"]);
    const asked = json.panels.filter(({ type }) => type !== "row").map((one) => one.datasource);
    assert.deepEqual(asked, [
      { type: "prometheus", uid: "$datasource" },
      { type: "prometheus", uid: "$datasource" },
    ]);
  });

  it("begins with the data source of its environment", () => {
    const chosen = renderExample({ ...links, datasourceUid: "prom-1" }).json.templating.list[0]?.current;
    assert.deepEqual(chosen, { text: "prom-1", value: "prom-1" });
  });

  it("leads to the runbooks of its alerts", () => {
    assert.deepEqual(json.links, [
      { title: "Runbook: EX incident response", url: "https://runbooks.example.com/ex/incident-response.md" },
    ]);
    assert.deepEqual(json.panels[1]?.links, [
      {
        title: "EXDeep: runbook",
        url: "https://runbooks.example.com/ex/incident-response.md#scenario-1-deep-mailboxes",
      },
    ]);
  });

  it("draws the queries as they are declared, with what they show and their unit", () => {
    const depth = json.panels[1];
    assert.deepEqual(depth?.targets, [{ refId: "A", expr: "max by (actor_type) (ex_depth)", legendFormat: "{{actor_type}}" }]);
    assert.match(depth.description ?? "", /^What waits\.\n\nAlerts on this panel:\n- \*\*EXDeep\*\*/);
    assert.deepEqual(depth.fieldConfig?.defaults, {
      unit: "short",
      min: 0,
      thresholds: {
        mode: "absolute",
        steps: [
          { value: null, color: "green" },
          { value: 100, color: "orange" },
        ],
      },
    });
  });

  it("lays panels out in lines of up to three that fill the width", () => {
    const rows = [
      { title: "A", panels: panels(5) },
      { title: "B", panels: panels(1) },
    ];
    const places = renderExample(links, { ...dashboard, rows }).json.panels.map(({ gridPos: { x, y, w, h } }) =>
      [x, y, w, h].join(" "),
    );
    assert.deepEqual(places, ["0 0 24 1", "0 1 8 8", "8 1 8 8", "16 1 8 8", "0 9 12 8", "12 9 12 8", "0 17 24 1", "0 18 24 8"]);
  });

  it("lets a latency's scale begin where its values do", () => {
    const { json: latency } = renderExample(links, { ...dashboard, rows: [{ title: "A", panels: panels(1, "s") }] });
    assert.equal(latency.panels[1]?.fieldConfig?.defaults.min, undefined);
  });
});

describe("the dashboards of this project", () => {
  const model = loadProject(`${__dirname}/../..`);
  for (const service of model.services) {
    for (const dashboard of service.dashboards) {
      it(`${dashboard.uid} has panels of different numbers that keep to the grid`, () => {
        const { panels: all } = rendered.parse(JSON.parse(renderDashboard(dashboard, service, indexOf(model), links)));
        const ids = all.flatMap(({ id }) => (id === undefined || id === 0 ? [] : [id]));
        assert.equal(ids.length, all.filter(({ type }) => type !== "row").length);
        assert.equal(new Set(ids).size, ids.length);
        assert.deepEqual(
          all.filter(({ gridPos: { x, w } }) => x + w > 24),
          [],
        );
      });
    }
  }
});

function renderExample(environment = links, changed?: Dashboard) {
  const model = exampleModel();
  const [service] = model.services;
  const dashboard = changed ?? service?.dashboards[0];
  assert.ok(service && dashboard);
  return { dashboard, json: rendered.parse(JSON.parse(renderDashboard(dashboard, service, indexOf(model), environment))) };
}
