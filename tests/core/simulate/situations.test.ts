import assert from "node:assert/strict";
import { resolve } from "node:path";
import { beforeAll, describe, it } from "@jest/globals";
import { incidents } from "../../../incidents";
import { loadProject } from "../../../project";
import { allPlays } from "../../../core/simulate/all-plays";
import { printPlayed } from "../../../core/simulate/print";
import { playAll, type Played } from "../../../core/simulate/run";
import { nameOf } from "../../../core/simulate/situation";
import { promtool } from "../../tools/promtool";

const model = loadProject(resolve(__dirname, "../../.."));
const plays = allPlays(model.services, incidents);

describe("production, as it is simulated", () => {
  let played: ReadonlyMap<string, Played>;
  beforeAll(async () => {
    const all = await playAll(model, plays, { promtool: await promtool(), processes: 2 });
    played = new Map(all.map((each) => [each.name, each]));
  });

  for (const { situation, view } of plays) {
    const name = nameOf(situation, view);
    it(`${name}: ${situation.title}`, () => {
      const found = played.get(name);
      assert.ok(found);
      assert.deepEqual(found.complaints, [], printPlayed(found));
    });
  }
});
