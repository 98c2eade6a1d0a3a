import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { didYouMean, nearestName } from "../../../core/model/suggestion";

describe("a suggestion", () => {
  const known = ["mc_actor_mailbox_depth", "mc_session_joins_total"];

  it("is the nearest name", () => {
    assert.equal(didYouMean("mc_actor_mailbox_deph", known), ' Did you mean "mc_actor_mailbox_depth"?');
  });

  it("is left out when nothing is near", () => {
    assert.equal(didYouMean("kube_pod_status", known), "");
    assert.equal(nearestName("x", []), undefined);
  });

  it("is first of all the name in other letters", () => {
    assert.equal(nearestName("MC", ["gc", "mc"]), "mc");
  });

  it("of short names allows two slips", () => {
    assert.equal(nearestName("cg", ["gc", "monitoring"]), "gc");
  });
});
