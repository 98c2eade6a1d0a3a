import { UsageError } from "../system/user-error";
import { gatesOf, phasesOf, rolloutPhases, type Rollout, type RolloutPhase } from "../../core/model/rollout";
import type { Service } from "../../core/model/service";
import { npmLine } from "../terminal/command";
import type { CommandLine, OptionValues } from "../terminal/command-line";
import { defaultDeadlineMinutes, type description } from "./usage";
import { readNumber, readUrl } from "../terminal/option-values";
import { gateFormats, type Change, type GateRequest } from "./request";

type Values = OptionValues<typeof description>;

/** What the command line asks for. What is wrong is refused with what is allowed. */
export function readRequest({ values, words }: CommandLine<typeof description>, services: readonly Service[]): GateRequest {
  const [serviceId, phaseName] = words;
  const { id, rollout } = findService(serviceId, services);
  const phase = readPhase(phaseName, id, rollout);
  const change = readChange(values, phase, rollout);
  const since = readSince(values, phase);
  const request = { service: id, rollout, phase, controller: readController(values, rollout) };
  return {
    ...request,
    servers: readServers(values, request, change),
    ...(change && { change }),
    ...(values.watch && { waiting: readWaiting(values, request) }),
    ...(since !== undefined && { since }),
    format: oneOf(values.format, gateFormats, "format"),
  };
}

function findService(name: string | undefined, services: readonly Service[]): { id: string; rollout: Rollout } {
  const withRollout = services.flatMap(({ id, rollout }) => (rollout ? [{ id, rollout }] : []));
  const known = services.find(({ id }) => id === name);
  if (known && !known.rollout)
    throw new UsageError(`Service "${known.id}" has no rollout. There is one for ${withRollout.map(({ id }) => id).join(", ")}.`);
  const id = oneOf(
    name,
    withRollout.map((service) => service.id),
    "service",
  );
  const found = withRollout.find((service) => service.id === id);
  if (!found) throw new Error(`Service ${id} is gone.`);
  return found;
}

function readPhase(name: string | undefined, service: string, rollout: Rollout): RolloutPhase {
  const phase = oneOf(name, rolloutPhases, "phase");
  const phases = phasesOf(rollout);
  if (phases.includes(phase)) return phase;
  throw new UsageError(
    `The rollout of ${service} has no phase "${phase}": it has nothing to drain. Allowed: ${phases.join(", ")}.`,
  );
}

function oneOf<T extends string>(name: string | undefined, allowed: readonly T[], what: string): T {
  const list = allowed.join(", ");
  if (name === undefined) throw new UsageError(`Which ${what}? Allowed: ${list}. See: ${npmLine("gate", ["--help"])}`);
  const found = allowed.find((value) => value === name);
  if (found === undefined) throw new UsageError(`There is no ${what} "${name}". Allowed: ${list}.`);
  return found;
}

function readController({ pod }: Values, { controllers }: Rollout): string {
  if (pod === undefined) {
    const [only, ...others] = controllers;
    if (only !== undefined && others.length === 0) return only;
    throw new UsageError(`Which controller? Name it with --pod: ${controllers.join(", ")}.`);
  }
  return oneOf(pod, controllers, "controller");
}

function readChange(values: Values, phase: RolloutPhase, { drain }: Rollout): Change | undefined {
  const { "mark-draining": marks, undo: undoes, yes } = values;
  if (!marks && !undoes) {
    if (yes) throw new UsageError("--yes confirms --mark-draining or --undo; there is neither.");
    return undefined;
  }
  if (marks && undoes) throw new UsageError("--mark-draining and --undo are opposites: give one of them.");
  if (phase !== "drain" || !drain)
    throw new UsageError(`${marks ? "--mark-draining" : "--undo"} belongs to the phase drain, not ${phase}.`);
  if (undoes && values.watch)
    throw new UsageError("--watch waits for the gates of drain, and --undo leaves them: give one of them.");
  return { type: marks ? "mark" : "undo", statement: marks ? drain.mark : drain.undo, isConfirmed: yes === true };
}

/** A pod cannot have been created in the future: what lies there is no Unix time in seconds. */
function readSince({ since }: Values, phase: RolloutPhase): number | undefined {
  if (since === undefined) return undefined;
  if (phase !== "after") throw new UsageError(`--since belongs to the phase after, not ${phase}.`);
  return readNumber("--since", since, Math.ceil(Date.now() / 1000));
}

function readServers(
  values: Values,
  { rollout, phase }: { rollout: Rollout; phase: RolloutPhase },
  change: Change | undefined,
): GateRequest["servers"] {
  const asked = change?.type === "undo" ? [] : gatesOf(rollout, phase);
  if (values.prometheus === undefined && asked.some(({ type }) => type === "promql"))
    throw new UsageError(`The gates of ${phase} ask Prometheus: give its URL with --prometheus, such as http://localhost:9090.`);
  if (values.database === undefined && change)
    throw new UsageError(
      `The change is made in the GC database: give its URL with --database, such as postgres://writer@localhost:5432/gc.`,
    );
  return {
    ...(values.prometheus !== undefined && { prometheus: readUrl("--prometheus", values.prometheus) }),
    ...(values.database !== undefined && { database: readUrl("--database", values.database) }),
    timeoutSeconds: readNumber("--timeout-seconds", values["timeout-seconds"], 600),
  };
}

function readWaiting(
  values: Values,
  { rollout, phase }: { rollout: Rollout; phase: RolloutPhase },
): GateRequest["waiting"] & object {
  const ofRollout = phase === "drain" ? (rollout.drain?.deadlineMinutes ?? 0) : defaultDeadlineMinutes[phase];
  return {
    intervalSeconds: readNumber("--interval-seconds", values["interval-seconds"], 3600),
    deadlineMinutes: readNumber("--deadline-minutes", values["deadline-minutes"] ?? String(ofRollout), 1440),
  };
}
