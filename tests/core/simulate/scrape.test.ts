import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { scrapeAll, type Scraping } from "../../../core/simulate/scrape";
import type { Sample } from "../../../core/simulate/stored-series";
import { always, type Target } from "../../../core/simulate/target";

const scraping: Scraping = { everySeconds: 15, historySeconds: 30, lastsSeconds: 60, missing: [] };

const steady: Target = {
  labels: { job: "a", instance: "10.0.0.1:80" },
  honorsLabels: false,
  known: always,
  answers: () => true,
  exports: [{ name: "x", labels: { endpoint: "/" }, value: (second) => 100 + second }],
};

function samplesOf(name: string, target: Target, changed: Partial<Scraping> = {}): readonly Sample[] | undefined {
  return scrapeAll([target], { ...scraping, ...changed }).find((series) => series.name === name)?.samples;
}

describe("what Prometheus stores of a target", () => {
  it("is one sample an interval, at moments that no evaluation shares", () => {
    assert.deepEqual(samplesOf("x", steady, { lastsSeconds: 20 }), [
      [-25, 75],
      [-10, 90],
      [5, 105],
      [20, 120],
    ]);
    for (const everySeconds of [15, 30, 60]) {
      const many = Array.from({ length: 40 }, (_, host) => ({ ...steady, labels: { job: "a", instance: `10.0.0.${host}:80` } }));
      const seconds = scrapeAll(many, { ...scraping, everySeconds }).flatMap(({ samples }) => samples.map(([second]) => second));
      assert.deepEqual(
        seconds.filter((second) => second % 15 === 0),
        [],
      );
      assert.ok(new Set(seconds.map((second) => (second + 60) % everySeconds)).size > 1);
    }
  });

  it("has a marker in every series, and up at 0, where a scrape failed", () => {
    const failing = { ...steady, answers: (second: number) => second !== 5 };
    assert.deepEqual(samplesOf("x", failing, { lastsSeconds: 20 }), [
      [-25, 75],
      [-10, 90],
      [5, "stale"],
      [20, 120],
    ]);
    assert.deepEqual(samplesOf("up", failing, { lastsSeconds: 20 }), [
      [-25, 1],
      [-10, 1],
      [5, 0],
      [20, 1],
    ]);
  });

  it("has one marker, not one a scrape, while scrapes go on failing", () => {
    const failing = { ...steady, answers: (second: number) => second < 0 };
    assert.deepEqual(samplesOf("x", failing), [
      [-25, 75],
      [-10, 90],
      [5, "stale"],
    ]);
  });

  it("ends, up too, two intervals after discovery has forgotten the target", () => {
    const forgotten = { ...steady, known: [{ from: -Infinity, until: 0 }] };
    for (const name of ["x", "up"]) assert.deepEqual(samplesOf(name, forgotten)?.slice(-1), [[25, "stale"]]);
  });

  it("has no up of a target that was never known", () => {
    assert.deepEqual(scrapeAll([{ ...steady, known: [] }], scraping), []);
  });

  it("has a marker where a series is no longer in the answer", () => {
    const without: Target = {
      ...steady,
      exports: [{ name: "x", labels: {}, value: (second) => (second < 0 ? 1 : undefined) }],
    };
    assert.deepEqual(samplesOf("x", without), [
      [-25, 1],
      [-10, 1],
      [5, "stale"],
    ]);
  });

  it("has neither samples nor markers while Prometheus stores nothing", () => {
    const missing = [{ from: 0, until: 40 }];
    assert.deepEqual(samplesOf("x", { ...steady, answers: (second) => second < 0 || second > 40 }, { missing }), [
      [-25, 75],
      [-10, 90],
      [50, 150],
    ]);
  });

  it("renames a label of a series that the target has too, unless told to keep it", () => {
    const labels = { ...steady.labels, endpoint: "http" };
    const [, renamed] = scrapeAll([{ ...steady, labels }], scraping);
    assert.deepEqual(renamed?.labels, { exported_endpoint: "/", ...labels });
    const [, kept] = scrapeAll([{ ...steady, labels, honorsLabels: true }], scraping);
    assert.deepEqual(kept?.labels, { ...labels, endpoint: "/" });
  });
});
