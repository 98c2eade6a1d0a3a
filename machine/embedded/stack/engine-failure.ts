import { CommandError } from "@pulumi/pulumi/automation";
import { UserError } from "../../system/user-error";

/** A command of the engine that failed, with the problems that it reported on the way. */
export interface EngineFailure {
  readonly error: unknown;
  readonly problems: readonly string[];
  readonly whenItFails: string;
}

/** The failure as people read it: each problem once. What is no failure of the engine stays as it is. */
export function asUserError({ error, problems, whenItFails }: EngineFailure): unknown {
  const causes = problems.length > 0 ? problems : findCauses(error);
  if (causes.length === 0) return error;
  return new UserError([...causes.map((cause) => `error ${cause.replaceAll("\n", "\n  ")}`), whenItFails].join("\n"));
}

// What goes wrong before the first event, such as a setting of the wrong type, is only in what the command printed.
function findCauses(error: unknown): string[] {
  if (!(error instanceof CommandError)) return [];
  const printed = [...error.message.matchAll(/^error: (.+)$/gm)].map(([, cause = ""]) => cause.trim());
  if (printed.length > 0) return [...new Set(printed)];
  const ended = /Command (was killed with \S+|failed with exit code \d+)/.exec(error.message)?.[1];
  return ended === undefined ? [] : [`The engine ${ended}, without saying why.`];
}
