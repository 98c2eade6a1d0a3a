import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { panelsOf } from "../../../core/model/panel";
import { services } from "../../../services";

function panelsOfRollout(id: string) {
  const dashboard = services.flatMap(({ dashboards }) => dashboards).find(({ uid }) => uid === `${id}-rollout`);
  assert.ok(dashboard);
  return panelsOf(dashboard);
}

const exprOf = (panel: { readonly queries: Readonly<Record<string, { readonly query: { readonly expr: string } }>> }): string =>
  Object.values(panel.queries)
    .map(({ query }) => query.expr)
    .join("\n");

describe("the dashboard of a rollout", () => {
  it("says that a gate holds only of the controller that is chosen above it", () => {
    const blind = panelsOfRollout("mc").filter((panel) => panel.view === "gate" && !exprOf(panel).includes("$controller"));
    assert.deepEqual(
      blind.map(({ id }) => id),
      ["before-gc-ready"], // which is about the GC
    );
  });

  it("does not say that a gate holds where Prometheus cannot know it, but what the number is", () => {
    const numbers = panelsOfRollout("mc").filter(({ view }) => view === "stat");
    assert.deepEqual(
      numbers.map(({ id, title }) => `${id}: ${title}`),
      [
        "before-others-have-room: Healthy MCs",
        "drain-marked: MCs marked draining",
        "after-registered: Healthy MCs in the registry",
      ],
    );
    for (const panel of numbers) {
      assert.match(panel.description, /only the database tells/);
      assert.doesNotMatch(exprOf(panel), /bool/);
    }
  });

  it("has no phase that the rollout does not have", () => {
    const phases = new Set(panelsOfRollout("gc").map(({ id }) => id.split("-")[0]));
    assert.deepEqual([...phases], ["before", "after", "replicas", "registry"]);
  });
});
