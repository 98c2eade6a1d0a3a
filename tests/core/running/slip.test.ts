import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { slipOf } from "../../../core/running/slip";

describe("a slip of the pen", () => {
  const slips: readonly (readonly [written: string, meant: string])[] = [
    ["time_out", "timeout"],
    ["MeetingActor", "meeting_actor"],
    ["shop_queue_depth", "shop_queue_depths"],
    ["http_request_total", "http_requests_total"],
    ["http_requests", "http_requests_total"],
    ["shop_wait_seconds_bucket", "shop_wait_bucket"],
    ["sucess", "success"],
  ];
  for (const [written, meant] of slips)
    it(`is ${written} of ${meant}`, () => assert.equal(slipOf(written, ["something_else", meant]), meant));

  const others: readonly (readonly [written: string, other: string])[] = [
    ["mc-0", "mc-1"],
    ["500", "200"],
    ["replica10", "replica11"],
    ["net_rx_bytes", "net_tx_bytes"],
    ["wait_min_seconds", "wait_max_seconds"],
    ["mc_messages_total", "gc_messages_total"],
    ["queue_bytes", "queue_total"],
    ["shop_orders_total", "shop_errors_total"],
    ["header", "reader"],
    ["failed", "placed"],
    ["http_requests_5xx_total", "http_requests_4xx_total"],
    ["same", "same"],
  ];
  for (const [written, other] of others)
    it(`is not ${written} beside ${other}`, () => assert.equal(slipOf(written, [other]), undefined));

  it("means the nearest of several", () => assert.equal(slipOf("depth_total", ["depths_total", "depth"]), "depths_total"));
});
