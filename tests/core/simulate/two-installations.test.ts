import assert from "node:assert/strict";
import { resolve } from "node:path";
import { beforeAll, describe, it } from "@jest/globals";
import { checks } from "../../../core/checks";
import { checkModel } from "../../../core/checks/check";
import type { Installation } from "../../../core/model/installation";
import { indexOf, type Model } from "../../../core/model/model";
import { atInstallation } from "../../../core/render/at-installation";
import { renderRuleGroups, type RuleGroup } from "../../../core/render/rule-groups";
import { allPlays } from "../../../core/simulate/all-plays";
import { targetsOf } from "../../../core/simulate/convention";
import { playedId, type Play } from "../../../core/simulate/prepared-play";
import { relevantTo } from "../../../core/simulate/relevant-rules";
import { runPlays } from "../../../core/simulate/promtool-runs";
import { renderTest } from "../../../core/simulate/promtool-test";
import { scrapeAll } from "../../../core/simulate/scrape";
import { evaluationSecondsOf, nameOf } from "../../../core/simulate/situation";
import type { StoredSeries } from "../../../core/simulate/stored-series";
import { goodDay, type World } from "../../../core/simulate/world";
import { worldAt } from "../../../core/simulate/world-at";
import { incidents } from "../../../incidents";
import { loadProject } from "../../../project";
import { temporaryFolder } from "../../machine/temporary-folder";
import { promtool } from "../../tools/promtool";
import { environment } from "../render/environment";

const { checked: model } = checkModel(loadProject(resolve(__dirname, "../../..")), checks);
assert.ok(model);

/** Two installations in one Prometheus, and by what their series differ. */
const pairs: Readonly<Record<string, readonly [Installation, Installation]>> = {
  "in two namespaces": [{ workloadNamespace: "town-a" }, { workloadNamespace: "town-b" }],
  "of two clusters": [{ externalLabels: { cluster: "a" } }, { externalLabels: { cluster: "b" } }],
};

const told = ["losing/all-gcs-gone", "losing/mc-without-pod", "traffic/postgres-dies"].map((id) => `${id} operator 15s`);
const plays = allPlays(model.services, incidents).filter(({ situation, view }) => told.includes(nameOf(situation, view)));

describe("an incident in one installation of two", () => {
  for (const [name, [first, second]] of Object.entries(pairs)) {
    const [here, there] = [atInstallation(model, first), atInstallation(model, second)];
    describe(name, () => {
      const alone = new Map<string, readonly string[]>();
      const beside = new Map<string, readonly string[]>();
      beforeAll(async () => {
        const run = async (of: (play: Play) => PlayedBeside): Promise<readonly (readonly [string, readonly string[]])[]> =>
          firing(plays.map((play) => ({ ...of(play), play })));
        for (const [key, alerts] of await run((play) => ({
          rules: [here],
          usual: storedIn(here, play, usualDay),
          stored: storedIn(here, play),
        })))
          alone.set(key, alerts);
        const both = (play: Play): PlayedBeside => ({
          rules: [here, there],
          usual: [...storedIn(here, play, usualDay), ...storedIn(there, play, aGoodDay)],
          stored: [...storedIn(here, play), ...storedIn(there, play, aGoodDay)],
        });
        for (const [key, alerts] of await run(both)) beside.set(key, alerts);
      });

      it("is one that is known", () => {
        assert.deepEqual([...alone.keys()].sort(), [...told].sort());
      });

      for (const play of plays)
        it(`${nameOf(play.situation, play.view)} is told as if it were alone, and of it alone`, () => {
          const expected = alone.get(nameOf(play.situation, play.view));
          assert.ok(expected !== undefined && expected.length > 0);
          assert.deepEqual(beside.get(nameOf(play.situation, play.view)), expected);
        });
    });
  }
});

interface PlayedBeside {
  readonly rules: readonly Model[];
  /** On a good day, and as it is played. */
  readonly usual: readonly StoredSeries[];
  readonly stored: readonly StoredSeries[];
}

function usualDay(): World {
  assert.ok(model);
  return goodDay(model.services);
}

/** What somebody else's pods do meanwhile; they have addresses of their own. */
function aGoodDay(): World {
  const world = usualDay();
  return { ...world, instances: world.instances.map((instance) => ({ ...instance, ip: instance.ip.replace("10.0.", "10.9.") })) };
}

function storedIn(of: Model, { situation, view }: Play, world = (): World => situation.world(view)): readonly StoredSeries[] {
  const { historySeconds, lastsSeconds } = situation;
  const seen = worldAt(world(), of);
  return scrapeAll(targetsOf(seen, view.convention), {
    everySeconds: view.scrapeSeconds,
    historySeconds,
    lastsSeconds,
    missing: seen.missing,
  });
}

/** Every alert that fires at some evaluation, with its labels and from when until when. */
async function firing(
  all: readonly (PlayedBeside & { readonly play: Play })[],
): Promise<readonly (readonly [string, readonly string[]])[]> {
  const prepared = all.map(({ rules, usual, stored: all, play: { situation, view } }, number) => {
    const id = `play-${number}`;
    const every = rules.flatMap((of, place) => groupsOf(of).map((group) => ({ ...group, name: `${place}-${group.name}` })));
    // Rules that can see nothing of it are quiet, as on a good day; those of either installation that can are evaluated.
    const { groups, stored } = relevantTo(merged(usual), { groups: every, stored: merged(all) }, []);
    const { historySeconds, lastsSeconds } = situation;
    const times = { everySeconds: evaluationSecondsOf(situation, view), historySeconds, lastsSeconds };
    const test = {
      rule_files: [`${id}.rules.yaml`],
      evaluation_interval: `${times.everySeconds}s`,
      group_eval_order: groups.map((group) => group.name),
      tests: [renderTest(id, stored, times, [{ id: playedId(id), expr: "vector(1)", second: 0 }])],
    };
    return { id, rules: JSON.stringify({ groups }), test: JSON.stringify(test), name: nameOf(situation, view) };
  });
  const printed = await runPlays({ promtool: await promtool(), folder: temporaryFolder() }, prepared);
  return prepared.map(({ id, name }) => {
    const alerts = (printed.get(id) ?? [])
      .filter(({ labels }) => labels["alertstate"] === "firing" && labels["severity"] !== "none")
      .map(({ second, labels }) => `${second} ${JSON.stringify(Object.entries(labels).sort())}`);
    return [name, alerts.sort()] as const;
  });
}

/** A series that both know, such as whether kube-state-metrics answers, is one. */
function merged(stored: readonly StoredSeries[]): readonly StoredSeries[] {
  const keyOf = ({ name, labels }: StoredSeries): string => name + JSON.stringify(Object.entries(labels).sort());
  return [...new Map(stored.map((series) => [keyOf(series), series])).values()];
}

function groupsOf(of: Model): readonly RuleGroup[] {
  return of.services.flatMap((service) => renderRuleGroups(service, indexOf(of), environment));
}
