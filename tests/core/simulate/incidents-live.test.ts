import assert from "node:assert/strict";
import { beforeAll, describe, it } from "@jest/globals";
import { incidents } from "../../../incidents";
import { deployedAlertmanager } from "../../../core/simulate/deployed-alertmanager";
import type { Model } from "../../../core/model/model";
import type { PlayedLive } from "../../../core/simulate/play-live";
import { playSituationLive } from "../../../core/simulate/situation-live";
import { alertmanager } from "../../tools/alertmanager";
import { prometheus } from "../../tools/prometheus";
import { deploymentOf } from "./deployment-of";

/** Who is paged, in order, as its first words tell it; what fires and is silenced, and by which alerts. */
interface Told {
  readonly pages: readonly string[];
  readonly silenced: Readonly<Record<string, readonly string[]>>;
}

const expected: Readonly<Record<string, Told>> = {
  "counting/good-day": { pages: [], silenced: {} },
  "losing/all-gcs-gone": {
    pages: ["PAGE GCDown", "RESOLVED GCDown"],
    silenced: {
      MCHeartbeatsStopped: ["GCDown"],
      MCHeartbeatErrors: ["GCDown"],
      MCReadyNotRegistered: ["GCDown"],
      GCReplicasMissing: ["GCDown"],
    },
  },
  "traffic/postgres-dies": {
    pages: ["PAGE GCDatabaseDown"],
    silenced: {
      GCAssignmentFailures: ["GCDatabaseDown"],
      GCDatabaseErrors: ["GCDatabaseDown"],
      GCHttpAvailabilityBurnFast: ["GCDatabaseDown"],
      GCHttpAvailabilityBurnMedium: ["GCDatabaseDown"],
      GCHttpAvailabilityBurnSlow: ["GCHttpAvailabilityBurnFast"],
      GCHttpAvailabilityBurnSlowest: ["GCHttpAvailabilityBurnFast"],
      GCHttpErrors: ["GCDatabaseDown"],
      GCMeetingJoinFailures: ["GCDatabaseDown"],
      GCNotReady: ["GCDatabaseDown"],
      GCReplicasMissing: ["GCNotReady"],
      MCHeartbeatErrors: ["GCNotReady"],
      MCHeartbeatsStopped: ["GCNotReady"],
      MCReadyNotRegistered: ["GCNotReady"],
    },
  },
  "losing/mc-without-pod": { pages: ["PAGE MCReplicasMissing"], silenced: {} },
};

async function play(id: string, withoutInhibitionsOf?: string): Promise<PlayedLive> {
  const situation = incidents.find((each) => each.id === id);
  const view = situation?.views.find(({ convention, scrapeSeconds }) => convention === "plain" && scrapeSeconds === 15);
  assert.ok(situation && view, `There is no incident ${id}.`);
  const { model, settings } = deploymentOf("prod", "operator");
  const parts: Model = model;
  const cascades = model.cascades.filter(({ upstream }) => upstream.name !== withoutInhibitionsOf);
  return playSituationLive(situation, view, {
    model,
    environment: settings,
    alertmanager: deployedAlertmanager({ ...parts, cascades }, settings),
    commands: { prometheus: await prometheus(), alertmanager: await alertmanager() },
  });
}

/** What reached the pager; messages that the same goes on are no news. */
function pagesOf({ messages }: PlayedLive): readonly string[] {
  const titles = messages.filter(({ receiver }) => /(^|\/)page$/.test(receiver)).map(({ title }) => title.split(" (")[0] ?? "");
  return titles.filter((title, index) => title !== titles[index - 1]);
}

function silencedOf({ alerts }: PlayedLive): Readonly<Record<string, readonly string[]>> {
  const silenced = alerts.filter(({ inhibitedBy }) => inhibitedBy.length > 0);
  return Object.fromEntries(
    silenced.map(({ labels, inhibitedBy }): [string, string[]] => [labels["alertname"] ?? "", [...inhibitedBy]]),
  );
}

// They wait for Prometheus and Alertmanager most of the time: all are played at once.
const withoutGcDown = "losing/all-gcs-gone without what GCDown explains";
const played = new Map<string, PlayedLive>();
beforeAll(async () => {
  const plays = Object.keys(expected).map(async (id) => played.set(id, await play(id)));
  plays.push(play("losing/all-gcs-gone", "GCDown").then((result) => played.set(withoutGcDown, result)));
  await Promise.all(plays);
});
const playedOf = (name: string): PlayedLive => played.get(name) ?? assert.fail(`${name} was not played.`);

for (const [id, told] of Object.entries(expected))
  describe(`through Prometheus and Alertmanager themselves, ${id}`, () => {
    it(`pages ${told.pages.join(", then ") || "nobody"}`, () => {
      assert.deepEqual(pagesOf(playedOf(id)), told.pages);
    });

    it("silences what comes of it, and says by what", () => {
      assert.deepEqual(silencedOf(playedOf(id)), told.silenced);
    });

    it("sends every alert with its runbook and its panel", () => {
      for (const { labels, annotations } of playedOf(id).alerts)
        assert.ok(annotations["runbook_url"] && annotations["dashboard_url"], labels["alertname"]);
    });
  });

describe(`through Prometheus and Alertmanager themselves, ${withoutGcDown}`, () => {
  it("pages for the heartbeats of the MCs too", () => {
    assert.ok(pagesOf(playedOf(withoutGcDown)).includes("PAGE MCHeartbeatsStopped"));
  });
});
