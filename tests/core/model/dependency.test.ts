import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { withUpstreamRow } from "../../../core/model/dependency";
import { panel } from "../../../core/model/panel";
import { queryOf } from "../../../core/model/query";
import { exampleModel } from "../checks/example";

const [service] = exampleModel().services;
const seen = panel("up-up", {
  title: "Up",
  description: "X.",
  unit: "short",
  queries: { up: { query: queryOf("up"), legend: "up" } },
});
const rowsOf = (panels: readonly (typeof seen)[], ...more: readonly string[]): readonly string[] => {
  assert.ok(service);
  const [overview] = service.dashboards;
  assert.ok(overview);
  const shown = {
    ...service,
    dashboards: [{ ...overview, rows: [{ title: "Health", panels }, ...more.map((title) => ({ title, panels: [] }))] }],
  };
  const upstreams = { db: { title: "DB", reason: "x", seenBy: [seen] } };
  return (
    withUpstreamRow({ ...shown, upstreams }).dashboards[0]?.rows.map(
      (row) => `${row.title}: ${row.panels.map(({ id }) => id).join(" ")}`,
    ) ?? []
  );
};

describe("withUpstreamRow", () => {
  it("shows what is seen of the upstream below the two rows that are open", () => {
    assert.deepEqual(rowsOf([]), ["Health: ", "Upstream: up-up"]);
    assert.deepEqual(rowsOf([], "Actors", "Traffic"), ["Health: ", "Actors: ", "Upstream: up-up", "Traffic: "]);
  });

  it("shows no panel twice", () => assert.deepEqual(rowsOf([seen]), ["Health: up-up"]));
});
