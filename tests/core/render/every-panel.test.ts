import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { thresholdOf } from "../../../core/model/alert";
import { indexOf } from "../../../core/model/model";
import { panelNumber, type Panel } from "../../../core/model/panel";
import { outputLabels } from "../../../core/model/promql-labels";
import { parsePromql } from "../../../core/model/promql-syntax";
import { loadProject } from "../../../project";
import { panelUrl } from "../../../core/render/environment";
import { environment } from "./environment";
import { allRendered, panelPairs, type PanelJson } from "./rendered-dashboards";

const model = loadProject(`${__dirname}/../../..`);
const index = indexOf(model);
const everyPanel = allRendered(model).flatMap((one) =>
  panelPairs(one).map(([declared, shown]) => ({
    name: `${one.dashboard.uid}/${declared.id}`,
    dashboard: one.dashboard,
    declared,
    shown,
  })),
);
const graphs = everyPanel.filter(({ declared }) => declared.view === "timeseries");
const stats = everyPanel.filter(({ declared }) => declared.view !== "timeseries");

interface PanelPair {
  readonly name: string;
  readonly declared: Panel;
  readonly shown: PanelJson;
}

/** The panels of which something does not hold. */
function breaking(panels: readonly PanelPair[], holds: (pair: PanelPair) => boolean): readonly string[] {
  assert.ok(panels.length > 0, "there are no such panels");
  return panels.filter((pair) => !holds(pair)).map(({ name }) => name);
}

/** The labels by which the series of a panel's queries differ. */
function labelsOf({ queries }: Panel): readonly string[] {
  return Object.values<{ query: { expr: string } }>(queries).flatMap(({ query }) => {
    const tree = parsePromql(query.expr);
    const labels = tree && outputLabels(tree, index.labelsOf, "by some");
    assert.ok(labels, `nobody can tell the labels of ${query.expr}`);
    return [...labels];
  });
}

function colorAt(value: number, { fieldConfig }: PanelJson): string | undefined {
  const steps = fieldConfig?.defaults.thresholds.steps ?? [];
  return steps.findLast((step) => step.value === null || step.value <= value)?.color;
}

describe("every graph", () => {
  it("has a legend with the last and the greatest value, the worst first, unless it is one number without labels", () =>
    assert.deepEqual(
      breaking(graphs, ({ declared, shown: { options, targets } }) => {
        const isOneNumber = targets.length === 1 && labelsOf(declared).length === 0;
        const { showLegend, displayMode, calcs = [], sortBy, sortDesc } = options.legend ?? {};
        if (isOneNumber) return showLegend === false;
        const isTable = displayMode === "table" && calcs.includes("lastNotNull") && calcs.includes("max");
        return showLegend === true && isTable && sortBy === "Last *" && sortDesc === true;
      }),
      [],
    ));

  it("tells all series at a point of time, the greatest first", () =>
    assert.deepEqual(
      breaking(graphs, ({ shown }) => shown.options.tooltip?.mode === "multi" && shown.options.tooltip.sort === "desc"),
      [],
    ));

  it("asks over a range, with a window that holds two samples of a target that is scraped every minute", () =>
    assert.deepEqual(
      breaking(graphs, ({ shown: { targets } }) =>
        targets.every(
          ({ range, instant, expr, interval }) =>
            range && !instant && (expr.includes("$__rate_interval") ? interval === "1m" : interval === ""),
        ),
      ),
      [],
    ));

  it("draws a line at each threshold of its alerts in the color of its bad side, and keeps the nearest in sight", () => {
    const bounds = (panel: Panel) =>
      (index.alertsByPanel.get(panel) ?? [])
        .filter(({ severity }) => severity !== "info")
        .flatMap((alert) => thresholdOf(alert) ?? []);
    const watched = graphs.filter(({ declared }) => bounds(declared).length > 0);
    const isMarked = ({ declared, shown }: PanelPair): boolean => {
      const { custom, thresholds } = shown.fieldConfig?.defaults ?? assert.fail("it has no field configuration");
      const colors = thresholds.steps.map(({ color }) => color);
      return (
        custom.thresholdsStyle?.mode === (bounds(declared).includes(0) ? "dashed" : "dashed+area") &&
        (custom.axisSoftMax ?? 0) > Math.min(...bounds(declared)) &&
        bounds(declared).every((bound) => thresholds.steps.some(({ value }) => value === bound)) &&
        colors.includes("transparent") &&
        !colors.includes("green")
      );
    };
    assert.deepEqual(breaking(watched, isMarked), []);
  });
});

describe("every stat", () => {
  it("asks for the end of the time range alone", () =>
    assert.deepEqual(
      breaking(stats, ({ shown: { targets, options } }) => {
        const isLast = options.reduceOptions?.calcs.join() === "lastNotNull" && options.graphMode === "none";
        return isLast && targets.every(({ instant, range }) => instant && !range);
      }),
      [],
    ));

  it("says so in grey where there is no data", () =>
    assert.deepEqual(
      breaking(stats, ({ shown }) => {
        const { noValue, mappings } = shown.fieldConfig?.defaults ?? assert.fail("it has no field configuration");
        const [absent] = mappings.filter(({ type }) => type === "special");
        return noValue === "no data" && JSON.stringify(absent?.options) === noDataMapping;
      }),
      [],
    ));

  it("is red somewhere, and green somewhere else", () =>
    assert.deepEqual(
      breaking(stats, ({ shown }) => {
        const colors = shown.fieldConfig?.defaults.thresholds.steps.map(({ color }) => color) ?? [];
        return colors[0] === "red" && colors.at(-1) === "green";
      }),
      [],
    ));

  it("that counts instances is red at none and orange below those that are wanted, and says how many these are", () =>
    assert.deepEqual(
      breaking(
        stats.filter(({ shown: { title } }) => title.endsWith("instances up")),
        ({ shown }) =>
          [0, 1, 2].map((value) => colorAt(value, shown)).join() === "red,orange,green" &&
          shown.targets.some(({ legendFormat }) => legendFormat === "up, 2 wanted"),
      ),
      [],
    ));

  it("of an error budget is red when it is overspent and orange when a quarter is left", () =>
    assert.deepEqual(
      breaking(
        stats.filter(({ shown: { title } }) => title.startsWith("Error budget left")),
        ({ shown }) => [-0.01, 0.24, 0.25].map((value) => colorAt(value, shown)).join() === "red,orange,green",
      ),
      [],
    ));

  it("that is a gate says in words whether it holds", () =>
    assert.deepEqual(
      breaking(
        stats.filter(({ declared }) => declared.view === "gate"),
        ({ shown }) => {
          const words = shown.fieldConfig?.defaults.mappings.filter(({ type }) => type === "value").map(({ options }) => options);
          return JSON.stringify(words) === gateWords;
        },
      ),
      [],
    ));
});

const noDataMapping = JSON.stringify({ match: "null+nan", result: { text: "no data", color: "#808080" } });
const gateWords = JSON.stringify([{ "0": { text: "does not hold", color: "red" }, "1": { text: "holds", color: "green" } }]);

describe("every panel", () => {
  it("names each label by which its series differ, such as the actor type", () => {
    const prints = ({ declared, shown: { targets } }: PanelPair): boolean =>
      labelsOf(declared).every((label) => targets.some(({ legendFormat }) => legendFormat.includes(`{{${label}}}`)));
    assert.deepEqual(breaking(everyPanel, prints), []);
    const byActor = everyPanel.filter(({ declared }) => labelsOf(declared).includes("actor_type"));
    assert.deepEqual(
      breaking(byActor, ({ shown }) => shown.targets.every(({ legendFormat }) => legendFormat.includes("{{actor_type}}"))),
      [],
    );
  });

  it("has a unit, decimals that can be compared where its numbers are no counts, and a description", () =>
    assert.deepEqual(
      breaking(everyPanel, ({ shown }) => {
        const { unit, decimals } = shown.fieldConfig?.defaults ?? assert.fail("it has no field configuration");
        return unit !== undefined && (unit === "short") === (decimals === undefined) && shown.description !== "";
      }),
      [],
    ));

  it("is where an alert leads, over the last hour", () => {
    for (const { declared, dashboard, shown } of everyPanel) {
      const { pathname, search } = new URL(panelUrl(environment, dashboard, declared));
      assert.equal(pathname + search, `/d/${dashboard.uid}?from=now-1h&to=now&viewPanel=${shown.id}`);
      assert.equal(shown.id, panelNumber(declared.id));
    }
  });
});
