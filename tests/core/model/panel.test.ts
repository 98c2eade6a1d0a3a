import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { panelNumber } from "../../../core/model/panel";

describe("panelNumber", () => {
  it("never changes for an id, because links to it are out in the world", () => {
    assert.deepEqual(["mailbox-depth", "up", "cpu"].map(panelNumber), [79_855_595, 1_128_467_232, 2_034_956_681]);
  });

  it("is positive and fits 31 bits", () => {
    const numbers = Array.from({ length: 5000 }, (_, index) => panelNumber(`panel-${index}`));
    assert.deepEqual(
      numbers.filter((number) => number <= 0 || number >= 2 ** 31 || !Number.isInteger(number)),
      [],
    );
  });
});
