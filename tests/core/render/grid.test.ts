import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Panel } from "../../../core/model/panel";
import { placePanels } from "../../../core/render/grid";
import { depthPanel } from "../checks/example";

const some = (view: Panel["view"], count: number): readonly Panel[] =>
  Array.from({ length: count }, () => ({ ...depthPanel, view }));

describe("the panels of a row", () => {
  const rows: readonly (readonly [name: string, stats: number, graphs: number, places: readonly string[]])[] = [
    ["a graph alone is half as wide as the screen", 0, 1, ["0 3 12 8"]],
    ["three graphs share a line", 0, 3, ["0 3 8 8", "8 3 8 8", "16 3 8 8"]],
    ["four graphs are two lines of two", 0, 4, ["0 3 12 8", "12 3 12 8", "0 11 12 8", "12 11 12 8"]],
    ["five graphs are three and two", 0, 5, ["0 3 8 8", "8 3 8 8", "16 3 8 8", "0 11 12 8", "12 11 12 8"]],
    ["gates share a line, half as high as graphs", 3, 0, ["0 3 8 4", "8 3 8 4", "16 3 8 4"]],
    ["two stats stand on top of each other beside the graphs", 2, 2, ["0 3 6 4", "0 7 6 4", "6 3 9 8", "15 3 9 8"]],
    ["graphs that find no place beside a stat stand below", 1, 4, ["0 3 6 8", "6 3 9 8", "15 3 9 8", "0 11 12 8", "12 11 12 8"]],
    ["many stats stand above the graphs", 5, 1, ["0 3 8 4", "8 3 8 4", "16 3 8 4", "0 7 8 4", "8 7 8 4", "0 11 12 8"]],
    ["of no panels, nothing", 0, 0, []],
  ];
  for (const [name, stats, graphs, places] of rows)
    it(name, () =>
      assert.deepEqual(
        placePanels([...some("stat", stats), ...some("timeseries", graphs)], 3).map(
          ({ place: { x, y, w, h } }) => `${x} ${y} ${w} ${h}`,
        ),
        places,
      ),
    );
});
