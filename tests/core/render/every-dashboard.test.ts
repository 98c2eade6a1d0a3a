import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { serviceDependencies } from "../../../core/model/dependency";
import { indexOf } from "../../../core/model/model";
import { parsePromql, walk } from "../../../core/model/promql-syntax";
import { loadProject } from "../../../project";
import { allRendered, panelPairs, rowsOf, type PanelJson, type Rendered } from "./rendered-dashboards";

const model = loadProject(`${__dirname}/../../..`);
const { series } = indexOf(model);
const all = allRendered(model);

for (const one of all) {
  const { service, dashboard, json, text } = one;
  const rows = rowsOf(json);
  const shown = rows.flatMap(({ panels }) => panels);

  describe(`the dashboard ${dashboard.uid}`, () => {
    it("is read in the reader's time, refreshed, and shows one point of time in all graphs", () => {
      const { timezone, refresh, graphTooltip, editable } = json;
      assert.deepEqual(
        { timezone, refresh, graphTooltip, editable },
        { timezone: "browser", refresh: "30s", graphTooltip: 1, editable: false },
      );
      assert.notEqual(json.description, "");
    });

    it("opens its first rows, and the others too if all fit a screen", () => {
      const height = rows.reduce((sum, { panels }) => sum + 1 + heightOf(panels), 0);
      assert.deepEqual(
        rows.map(({ isOpen }) => isOpen),
        rows.map((_, position) => position < 2 || height <= 27),
      );
    });

    it("has panels that neither overlap nor are stretched, in lines without steps", () => {
      assert.deepEqual(rows.flatMap(overlapping), []);
      assert.deepEqual(
        shown.filter(({ gridPos: { x, w, h } }) => x + w > 24 || w > 18 || w < 6 || h > 8 || h < 4).map(({ title }) => title),
        [],
      );
    });

    it("has a number of its own for each panel and each row", () => {
      const numbers = json.panels.flatMap(({ id, panels }) => [id, ...panels.map((panel) => panel.id)]);
      assert.deepEqual([...new Set(numbers)], numbers);
      assert.ok(numbers.every((number) => number > 0));
    });

    it("lets people choose the data source, which every panel asks", () => {
      const [first] = json.templating.list;
      assert.deepEqual([first?.name, first?.type, first?.query], ["datasource", "datasource", "prometheus"]);
      assert.deepEqual([...new Set(shown.map(({ datasource }) => datasource?.uid))], ["$datasource"]);
    });

    it("narrows what the service exports, and nothing else, to what is chosen: all of it, to begin with", () => {
      const choices = json.templating.list.filter(({ name }) => name === "namespace" || name === "instance");
      const drawsOwn = panelPairs(one).some(([declared]) =>
        queriesOf(declared).some((expr) => ownSelectors(expr, service.id) > 0),
      );
      assert.equal(choices.length, drawsOwn && !dashboard.variables ? 2 : 0);
      for (const { query, multi, includeAll, allValue, current } of choices) {
        assert.deepEqual({ multi, includeAll, allValue }, { multi: true, includeAll: true, allValue: ".*" });
        assert.deepEqual(current, { text: ["All"], value: ["$__all"] });
        assert.ok(query.startsWith(`label_values(up{job="${service.workload?.job ?? ""}"`), query);
      }
      for (const [declared, { targets, description }] of panelPairs(one)) {
        queriesOf(declared).forEach((expr, position) => {
          const drawn = targets[position]?.expr ?? "";
          assert.equal(
            drawn.split('instance=~"$instance"').length - 1,
            choices.length > 0 ? ownSelectors(expr, service.id) : 0,
            expr,
          );
          assert.equal(withoutChoices(drawn), withoutChoices(expr), "with All, what is drawn is what the alerts evaluate");
          assert.ok(parsePromql(drawn), drawn);
        });
        const isNarrowed = targets.some(({ expr }) => expr.includes("$instance"));
        assert.equal(description.includes("Not narrowed"), choices.length > 0 && !isNarrowed, declared.id);
      }
    });

    it("marks the alerts that fire and the instances that come, of every service whose series it draws", () => {
      const drawn = new Set(panelPairs(one).flatMap(([declared]) => queriesOf(declared).flatMap(servicesIn)));
      const [firing, appeared] = json.annotations.list;
      if (drawn.size === 0) {
        assert.deepEqual([...json.annotations.list], []);
        return;
      }
      assert.deepEqual(
        [firing?.name, firing?.enable, appeared?.name, appeared?.enable],
        ["Firing alerts", true, "New instances", true],
      );
      assert.deepEqual(valuesOf(firing?.expr, "ALERTS", "service"), [...drawn].sort());
      assert.deepEqual(
        valuesOf(appeared?.expr, "up", "job"),
        model.services
          .filter(({ id }) => drawn.has(id))
          .flatMap(({ workload }) => workload?.job ?? [])
          .sort(),
      );
    });

    it("leads to the others that tell of its services, and keeps the time", () => {
      const found = json.links
        .filter(({ type }) => type === "dashboards")
        .flatMap(({ tags, keepTime }) => (keepTime ? withTags(tags) : []));
      const related = all.filter(({ json: { tags } }) => (dashboard.about ?? [service.id]).some((id) => tags.includes(id)));
      assert.deepEqual(
        related.filter((other) => !found.includes(other)).map((other) => other.dashboard.uid),
        [],
      );
      assert.ok(json.links.some(({ asDropdown, tags }) => asDropdown && tags.join() === "dark-tower"));
    });

    it("hides no link and no annotation in a menu", () => assert.doesNotMatch(text, /inControlsMenu/));
  });
}

describe("the dashboards of the project", () => {
  it("lead from the overview of MC to its rollout and to its journey, and back", () => {
    for (const from of ["mc-overview", "mc-rollout", "journey-meeting-join"]) {
      const links = all.find(({ dashboard }) => dashboard.uid === from)?.json.links ?? [];
      const found = links
        .filter(({ type, asDropdown }) => type === "dashboards" && !asDropdown)
        .flatMap(({ tags }) => withTags(tags));
      const uids = found.map(({ dashboard }) => dashboard.uid);
      assert.deepEqual(
        ["mc-overview", "mc-rollout", "journey-meeting-join"].filter((uid) => !uids.includes(uid)),
        [],
      );
    }
  });

  it("lead from what shows an upstream to the upstream's own dashboard, at the same time and data source", () => {
    const shows = [
      ...serviceDependencies(model.dependencies).flatMap(({ seenBy, upstream }) =>
        seenBy.map(({ title }) => [title, upstream.id] as const),
      ),
      ...model.journeys.flatMap(({ steps }) =>
        steps
          .flatMap((step) => ("parallel" in step ? step.parallel : [step]))
          .map(({ slo, owner }) => [`Error budget left: ${slo.title}`, owner] as const),
      ),
    ];
    assert.ok(shows.length >= 4);
    for (const [title, upstream] of shows) {
      const overview = model.services.find(({ id }) => id === upstream)?.dashboards[0]?.uid ?? "";
      const url = `https://grafana.example.com/d/${overview}?\${__url_time_range}&\${datasource:queryparam}`;
      const outside = all
        .filter(({ service }) => service.id !== upstream)
        .flatMap(({ json }) => rowsOf(json).flatMap(({ panels }) => panels));
      const panels = outside.filter((panel) => panel.title === title);
      assert.ok(panels.length > 0 && panels.every(({ links }) => links.some((link) => link.url === url)), title);
    }
  });

  it("show the MC's actors without a click", () => {
    const overview = all.find(({ dashboard }) => dashboard.uid === "mc-overview");
    assert.ok(
      overview &&
        rowsOf(overview.json)
          .slice(0, 2)
          .some(({ title, isOpen }) => title === "Actors" && isOpen),
    );
  });
});

function queriesOf({ queries }: { readonly queries: object }): readonly string[] {
  return Object.values<{ query: { expr: string } }>({ ...queries }).map(({ query }) => query.expr);
}

function selectorsIn(expr: string) {
  return [...walk(parsePromql(expr) ?? assert.fail(`no PromQL: ${expr}`))].flatMap((node) =>
    node.type === "selector" ? [node] : [],
  );
}

/** How many selectors of a query are of metrics that the service exports itself. */
function ownSelectors(expr: string, service: string): number {
  return selectorsIn(expr).filter(({ metric }) => series.get(metric)?.metric && series.get(metric)?.service?.id === service)
    .length;
}

function servicesIn(expr: string): readonly string[] {
  return selectorsIn(expr).flatMap(({ metric }) => series.get(metric)?.service?.id ?? []);
}

function valuesOf(expr: string | undefined, metric: string, label: string): readonly string[] {
  const matchers = selectorsIn(expr ?? "")
    .filter((selector) => selector.metric === metric)
    .flatMap((selector) => selector.matchers);
  return [...new Set(matchers.filter((matcher) => matcher.label === label).flatMap(({ value }) => value.split("|")))].sort();
}

function withoutChoices(expr: string): string {
  return expr.replace(/(namespace|instance)=~"\$\1"/g, "").replace(/[\s,{}]/g, "");
}

/** As Grafana searches: a dashboard is found if it has all tags. */
function withTags(tags: readonly string[]): readonly Rendered[] {
  return all.filter(({ json }) => tags.every((tag) => json.tags.includes(tag)));
}

function heightOf(panels: readonly PanelJson[]): number {
  const top = Math.min(...panels.map(({ gridPos }) => gridPos.y));
  return Math.max(...panels.map(({ gridPos: { y, h } }) => y + h)) - top;
}

function overlapping({ panels }: { readonly panels: readonly PanelJson[] }): readonly string[] {
  return panels.flatMap(({ title, gridPos: a }, position) =>
    panels.slice(position + 1).flatMap(({ title: other, gridPos: b }) => {
      const apart = a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
      return apart ? [] : [`${title} and ${other}`];
    }),
  );
}
