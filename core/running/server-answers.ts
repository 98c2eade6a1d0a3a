import { problem } from "../checks/check";
import { groupBy } from "../model/group-by";
import type { LiveCheck } from "./live-check";
import type { Running } from "./running";
import type { Told } from "./told";

/** What a server does not say is not known: no other check takes it for missing. */
export const serverAnswers: LiveCheck = {
  id: "server-answers",
  description: "The servers that are asked answer; what they do not say cannot be told.",
  severity: "warning",
  run: ({ subject }, running) => untold(running).map((words) => problem(subject, words)),
};

/** What could not be told, in sentences: which server, of what, and why. */
export function untold(running: Running): readonly string[] {
  const questions = [...questionsOf(running)].flatMap(({ server, about, told }) =>
    "cannotTell" in told ? [{ server, about, why: told.cannotTell }] : [],
  );
  return [...groupBy(questions, ({ server, why }) => JSON.stringify([server, why])).values()].map((alike) => {
    const { server = "", why = "" } = alike[0] ?? {};
    return `${server} does not say: ${why}. It cannot be told ${listed([...new Set(alike.map(({ about }) => about))])}.`;
  });
}

interface Question {
  readonly server: string;
  /** Goes on from "it cannot be told". */
  readonly about: string;
  readonly told: Told<unknown>;
}

function* questionsOf({ prometheus, alertmanager, grafana, runbooks }: Running): Generator<Question> {
  if (prometheus) {
    const { server } = prometheus;
    yield { server, about: "which rules are loaded", told: prometheus.rules };
    yield { server, about: "which series there are", told: prometheus.names };
    for (const [name, told] of prometheus.series) yield { server, about: `which labels ${name} has`, told };
    yield { server, about: "how often targets are scraped", told: prometheus.targets };
    yield { server, about: "how long samples are kept", told: prometheus.keeping };
    yield { server, about: "where alerts are sent", told: prometheus.alertmanagers };
  }
  if (alertmanager)
    yield { server: alertmanager.server, about: "what is inhibited, and who is told", told: alertmanager.alerting };
  for (const [uid, told] of grafana?.dashboards ?? [])
    yield { server: grafana?.server ?? "", about: `whether the dashboard ${uid} is there`, told };
  for (const [uid, told] of grafana?.datasources ?? [])
    yield { server: grafana?.server ?? "", about: `whether the data source ${uid} is there`, told };
  for (const [address, told] of runbooks ?? []) yield { server: address, about: "whether the runbook is there", told };
}

const mostNamed = 5;

function listed(names: readonly string[]): string {
  if (names.length > mostNamed) return `${names.slice(0, mostNamed).join(", ")}, and ${names.length - mostNamed} things more`;
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`;
}

/** Whether there is anything that could not be told. */
export function isUntold(findings: readonly { readonly check: string }[]): boolean {
  return findings.some(({ check }) => check === serverAnswers.id);
}
