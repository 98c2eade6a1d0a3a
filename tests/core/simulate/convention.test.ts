import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Scrape } from "../../../core/model/scrape";
import { allPlays } from "../../../core/simulate/all-plays";
import { targetsOf } from "../../../core/simulate/convention";
import { services } from "../../../services";

const gc = services.find(({ id }) => id === "gc");
assert.ok(gc?.workload);
const { workload } = gc;
const scraped = (scrape: Scrape) => ({ ...gc, workload: { ...workload, scrape } });

describe("a service that says how it is scraped", () => {
  it("is simulated in both conventions where it needs no label of the operator", () => {
    const seen = allPlays([scraped({ by: "plain" })]).map(({ view }) => view.convention);
    assert.deepEqual([...new Set(seen)].sort(), ["operator", "plain"]);
  });

  it("is simulated as the operator scrapes it where that is how", () => {
    for (const by of ["pod-monitor", "service-monitor"] as const) {
      const seen = allPlays([scraped({ by })]).map(({ view }) => view.convention);
      assert.deepEqual([...new Set(seen)], ["operator"]);
    }
  });

  it("has the labels that an agent adds on its own series, and on no others", () => {
    const [play] = allPlays([scraped({ by: "plain", externalLabels: ["cluster"] })]);
    assert.ok(play);
    const targets = targetsOf(play.situation.world(play.view), play.view.convention);
    for (const { labels } of targets) assert.equal(labels["cluster"], labels["job"] === workload.job ? "simulated" : undefined);
    assert.ok(targets.some(({ labels }) => labels["job"] === workload.job));
  });
});
