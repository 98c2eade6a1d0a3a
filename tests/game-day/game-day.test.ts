import assert from "node:assert/strict";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { leadingNowhere } from "../engine/deployed";
import { changesOf, scratchProject } from "../engine/scratch-project";
import { namesOf, nameOf, startAlertmanager, type ReceivedAlert } from "./alertmanager";
import { deployedConfiguration, fastRules, withoutInhibitions } from "./deployed-alerting";
import { eventually } from "./eventually";
import { startPrometheus } from "./prometheus";
import { actorTypeBacksUp, gcDies, gcIsNotReady, goodDay, heartbeatsStop, mcIsDrained, type Scene } from "./scenes";

/** Prometheus and Alertmanager themselves, with nothing but what is deployed, watch a day go wrong. */
describe("a game day", () => {
  const project = scratchProject();
  const deployed = project.deployed("dev");
  let rules = "";
  let configuration = "";
  beforeAll(async () => {
    changesOf(await project.run("dev", "up"));
    rules = fastRules(deployed);
    configuration = deployedConfiguration(deployed);
  });
  afterAll(() => project.remove());

  for (const scene of [goodDay, gcDies, gcIsNotReady, actorTypeBacksUp, heartbeatsStop, mcIsDrained]) {
    it(`in which ${scene.title} pages for ${scene.pages.join(" and ") || "nothing"}, with links that lead somewhere`, async () => {
      const received = await play({ scene, rules, configuration });
      const linked = received.map(({ labels, annotations }) => ({ alert: nameOf(labels), annotations }));
      assert.deepEqual(leadingNowhere(deployed, linked), []);
    });
  }

  it("in which the GC dies pages for every MC too once that inhibition is removed", async () => {
    const registrations = gcDies.inhibited.filter((name) => name.startsWith("MCHeartbeatsStopped "));
    const scene = {
      ...gcDies,
      pages: [...gcDies.pages, ...registrations],
      warnings: [...gcDies.warnings, ...gcDies.inhibited.filter((name) => !registrations.includes(name))],
      inhibited: [],
    };
    await play({ scene, rules, configuration: withoutInhibitions(configuration, "GCDown") });
  });
});

interface Play {
  readonly scene: Scene;
  readonly rules: string;
  readonly configuration: string;
}

/** Plays a scene until exactly what should be told is told; answers with all that Alertmanager received. */
async function play({ scene, rules, configuration }: Play): Promise<readonly ReceivedAlert[]> {
  const alertmanager = await startAlertmanager(configuration);
  const prometheus = await startPrometheus({ world: scene.world, rules, alertmanager: alertmanager.url });
  const { pages, warnings, inhibited, pending } = scene;
  return eventually(async () => {
    const alerts = await prometheus.alerts();
    const received = await alertmanager.alerts();
    const inState = (wanted: string) => namesOf(alerts.flatMap(({ labels, state }) => (state === wanted ? [labels] : [])));
    const reaching = received.filter(({ status }) => status.state === "active").map(({ labels }) => labels);
    const silenced = received.filter(({ status }) => status.inhibitedBy.length > 0).map(({ labels }) => labels);
    assert.deepEqual(
      {
        pages: namesOf(reaching.filter(({ severity }) => severity === "page")),
        warnings: namesOf(reaching.filter(({ severity }) => severity !== "page")),
        inhibited: namesOf(silenced),
        pending: inState("pending"),
      },
      { pages: [...pages].sort(), warnings: [...warnings].sort(), inhibited: [...inhibited].sort(), pending },
    );
    assert.deepEqual(inState("firing"), namesOf(received.map(({ labels }) => labels)));
    return received;
  });
}
