import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { labelValues, panel, type Dashboard, type Panel } from "../../../core/model/panel";
import { queryOf } from "../../../core/model/query";
import { exampleModel, metrics, type Change } from "../checks/example";
import { environment } from "./environment";
import { rendered, rowsOf, type DashboardJson } from "./rendered-dashboards";

const panels = (count: number, unit: Panel["unit"] = "short"): readonly Panel[] =>
  Array.from({ length: count }, (_, index) =>
    panel(`p${index}`, {
      title: `P${index}`,
      description: "x",
      unit,
      queries: { q: { query: queryOf("up"), legend: "{{job}}" } },
    }),
  );

describe("a rendered dashboard", () => {
  const { dashboard, json } = renderExample();
  const [depth] = rowsOf(json).flatMap((row) => row.panels);

  it("has its uid, its title and its tags, and cannot be edited", () => {
    const { uid, title, editable, tags } = json;
    assert.deepEqual(
      { uid, title, editable, tags },
      { uid: "ex-overview", title: "EX overview", editable: false, tags: ["dark-tower", "ex"] },
    );
  });

  it("is found with those of the services of which it tells", () =>
    assert.deepEqual(renderExample({}, { ...dashboard, about: ["a", "b"] }).json.tags, ["dark-tower", "ex", "a", "b"]));

  it("begins with the data source of its environment", () => {
    const chosen = renderExample({}, dashboard, { ...environment, datasourceUid: "prom-1" }).json.templating.list[0]?.current;
    assert.deepEqual(chosen, { text: "prom-1", value: "prom-1" });
  });

  it("leads to the runbooks of its alerts", () => {
    assert.deepEqual(outward(json.links), [
      ["Runbook: EX incident response", "https://runbooks.example.com/ex/incident-response.md"],
    ]);
    assert.deepEqual(outward(depth?.links), [
      ["EXDeep: runbook", "https://runbooks.example.com/ex/incident-response.md#scenario-1-deep-mailboxes"],
    ]);
  });

  it("draws the queries as they are declared, narrowed to what is chosen, with what they show and their unit", () => {
    const expr = 'max by (actor_type) (ex_depth{namespace=~"$namespace",instance=~"$instance"})';
    assert.deepEqual(
      depth?.targets.map((target) => [target.refId, target.expr, target.legendFormat]),
      [["A", expr, "{{actor_type}}"]],
    );
    assert.match(depth.description, /^What waits\.\n\nAlerts on this panel:\n- \*\*EXDeep\*\*/);
    const { unit, min, thresholds } = depth.fieldConfig?.defaults ?? {};
    const steps = [
      { value: null, color: "transparent" },
      { value: 100, color: "orange" },
    ];
    assert.deepEqual({ unit, min, thresholds }, { unit: "short", min: 0, thresholds: { mode: "absolute", steps } });
  });

  it("offers no namespace and no instance where nothing runs, or where it has choices of its own", () => {
    const names = ({ templating }: DashboardJson) => templating.list.map(({ name }) => name);
    assert.deepEqual(names(json), ["datasource", "namespace", "instance"]);
    const variables = [{ name: "controller", label: "Controller", values: ["mc-0", "mc-1"] }];
    assert.deepEqual(names(renderExample({}, { ...dashboard, variables }).json), ["datasource", "controller"]);
    const { workload: _, ...idle } = exampleModel().services[0] ?? assert.fail("no service");
    assert.deepEqual(names(renderExample({ model: { services: [idle] } }).json), ["datasource"]);
  });

  it("offers what it declares: values with their commas, and those of a label", () => {
    const variables = [
      { name: "path", label: "Path", values: ["a,b", "c"] },
      labelValues("actor", { label: "Actor", of: [metrics.depth, "actor_type"], multi: true }),
    ];
    const { list } = renderExample({}, { ...dashboard, variables }).json.templating;
    const told = JSON.parse(JSON.stringify(list.slice(1)), (_, value: unknown) => value) as readonly Record<string, unknown>[];
    assert.deepEqual(
      told.map(({ name, type, query, multi, includeAll }) => ({ name, type, query, multi, includeAll })),
      [
        { name: "path", type: "custom", query: String.raw`a\,b,c`, multi: false, includeAll: false },
        { name: "actor", type: "query", query: "label_values(ex_depth, actor_type)", multi: true, includeAll: true },
      ],
    );
  });

  it("opens its first two rows and holds the panels of the others, unless all fit a screen", () => {
    const rows = ["A", "B", "C"].map((title) => ({ title, panels: panels(2) }));
    const opened = (many: Dashboard["rows"]) =>
      rowsOf(renderExample({}, { ...dashboard, rows: many }).json).map((row) => row.isOpen);
    assert.deepEqual(opened(rows), [true, true, true]);
    const long = [...rows, { title: "D", panels: panels(1) }];
    assert.deepEqual(opened(long), [true, true, false, false]);
    const { json: closed } = renderExample({}, { ...dashboard, rows: long });
    assert.deepEqual(
      closed.panels.filter(({ type }) => type === "row").map(({ gridPos, panels: held }) => [gridPos.y, held.length]),
      [
        [0, 0],
        [9, 0],
        [18, 2],
        [19, 1],
      ],
    );
  });

  it("lets a latency's scale begin where its values do", () => {
    const { json: latency } = renderExample({}, { ...dashboard, rows: [{ title: "A", panels: panels(1, "s") }] });
    assert.equal(latency.panels[1]?.fieldConfig?.defaults.min, undefined);
  });

  it("leads to the dashboard of an upstream that it shows, if that is deployed", () => {
    const [service] = exampleModel().services;
    assert.ok(service);
    const [shown] = service.dashboards.flatMap(({ rows }) => rows.flatMap((row) => row.panels));
    assert.ok(shown);
    const upstream = {
      ...service,
      id: "up",
      alerts: [],
      dashboards: [{ ...dashboard, uid: "up-overview", title: "UP overview" }],
    };
    const dependencies = [{ service, upstream, reason: "It leans.", seenBy: [shown], step: "Check UP" }];
    const ofDepth = (services: NonNullable<Change["model"]>["services"]) =>
      outward(rowsOf(renderExample({ model: { dependencies, ...(services && { services }) } }).json)[0]?.panels[0]?.links).map(
        ([title]) => title,
      );
    assert.deepEqual(ofDepth([service]), ["EXDeep: runbook"]);
    assert.deepEqual(ofDepth([service, upstream]), ["EXDeep: runbook", "UP overview"]);
  });
});

function outward(all: DashboardJson["links"] = []): readonly (readonly [title: string, url: string])[] {
  return all.filter(({ type }) => type === "link").map(({ title, url }) => [title, url] as const);
}

function renderExample(change: Change = {}, changed?: Dashboard, target = environment) {
  const model = exampleModel(change);
  const [service] = model.services;
  const dashboard = changed ?? service?.dashboards[0];
  assert.ok(service && dashboard);
  return { dashboard, json: rendered(dashboard, service, model, target).json };
}
