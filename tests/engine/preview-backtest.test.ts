import assert from "node:assert/strict";
import { afterAll, describe, it } from "@jest/globals";
import type { StoredSeries } from "../../core/simulate/stored-series";
import { filledPrometheus } from "../machine/backtest/filled-prometheus";
import { committedProject } from "./committed-project";

const minute = 60;
const now = Math.floor(Date.now() / 1000);

/** An MC whose meetings had 450 messages waiting for 20 minutes, three hours ago. */
const mailbox: StoredSeries = {
  name: "mc_actor_mailbox_depth",
  labels: { job: "mc", instance: "mc-0:8081", actor_type: "MeetingActor" },
  samples: Array.from({ length: 12 * 60 }, (_, index) => {
    const second = now - (12 * 60 - index) * 30;
    return [second, second >= now - 180 * minute && second < now - 160 * minute ? 450 : 10];
  }),
};

describe("npm run preview --prometheus", () => {
  const project = committedProject();
  afterAll(() => project.remove());

  it("tells what an alert with another threshold would have done on a server's data, and of no other alert", async () => {
    project.edit("services/mc/actor-alerts.ts", (text) => text.replace("above: 500,", "above: 400,"));
    assert.equal(project.command("generate").code, 0);
    const url = await filledPrometheus([mailbox]);
    const asked = ["preview", "--base", "HEAD", "--stack", "dev", "--prometheus", url, "--days", "1"];
    const { code, printed } = project.command(...asked);
    assert.equal(code, 0, printed);
    const [summary = ""] = project.read("preview.md").split("<details>");
    assert.deepEqual(summary.match(/\w+ would have [^,.]* instead of 0\b/g), [
      "MCCriticalMailboxDepth would have paged once instead of 0",
    ]);
  });

  it("tells the change all the same where the server does not answer, and why it cannot tell more", () => {
    const asked = ["preview", "--base", "HEAD", "--stack", "dev", "--prometheus", "http://127.0.0.1:9"];
    const { code, printed } = project.command(...asked);
    assert.equal(code, 0, printed);
    const [summary = ""] = project.read("preview.md").split("<details>");
    assert.match(summary, /Cannot tell: .*127\.0\.0\.1:9/);
    assert.match(summary, /MCCriticalMailboxDepth.*500.*400/);
  });
});
