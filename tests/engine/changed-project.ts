import { execFileSync } from "node:child_process";
import type { ScratchProject } from "./scratch-project";

/**
 * Changes what a stack deploys: an alert with a section of its own is added, another alert goes, a threshold moves, and
 * settings move objects (staging: to another namespace) or whole services (prod: gc goes, the journeys come).
 */
export function changeProject({ root, edit }: ScratchProject): void {
  edit("runbooks/mc/incident-response.md", (text) => {
    const section = between(text, "## Scenario 2: Actor panics", "## Scenario 3");
    const added = section
      .replace("Scenario 2: Actor panics", "Scenario 12: Actors go on panicking")
      .replace("MCActorPanic", "MCActorPanicsOn");
    const symptom = between(text, "- `MCFencedOut`: writes", "\n\n### Impact");
    return `${text.replace(symptom, "")}\n${added.trimEnd()}\n`;
  });
  edit("services/mc/actor-alerts.ts", (text) =>
    withPanicAlert(text, { key: "actorPanicsOn", name: "MCActorPanicsOn", section: "scenario-12-actors-go-on-panicking" }),
  );
  edit("services/mc/session-alerts.ts", (text) => text.replace(between(text, "  fencedOut: alert(", "\n};"), ""));
  edit("services/mc/situations.ts", (text) =>
    text.replace(/^import \{ sessionAlerts \}.*\n/m, "").replace(/warnings: \[\{ anyOf: \[sessionAlerts.*\}\],/, "warnings: [],"),
  );
  edit("services/gc/http-alerts.ts", (text) => text.replace("above: 0.01,", "above: 0.02,"));
  edit("Pulumi.staging.yaml", (text) => `${text}  dark-tower-observability:monitoringNamespace: watching\n`);
  edit("Pulumi.prod.yaml", (text) => `${text}  dark-tower-observability:services: [mc, journeys]\n`);
  execFileSync(process.execPath, ["run.mjs", "generate"], { cwd: root });
}

/** The alerts on MC's actors with one more on panics, a page above 5. */
export function withPanicAlert(
  text: string,
  { key, name, section }: { readonly key: string; readonly name: string; readonly section: string },
): string {
  return text.replace(
    "  slowMessageProcessing: alert(",
    `  ${key}: alert("${name}", {
    panel: panels.actorPanics,
    above: 5,
    severity: "page",
    summary: "{actor_type} goes on panicking",
    impact: "Meetings are lost one after the other.",
    runbook: scenarios["${section}"],
    accepts: { "alert-is-tested": "It is there for a test of deployments." },
  }),
$&`,
  );
}

/** prod before the change: without the journeys. */
export function prepareProject({ edit }: ScratchProject): void {
  edit("Pulumi.prod.yaml", (text) => `${text}  dark-tower-observability:services: [gc, mc]\n`);
}

function between(text: string, from: string, to: string): string {
  const start = text.indexOf(from);
  const end = text.indexOf(to, start);
  if (start < 0 || end < 0)
    throw new Error(`There is no "${from}" before a "${to}" any longer: change tests/engine/changed-project.ts.`);
  return text.slice(start, end);
}
