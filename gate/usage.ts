import type { RolloutPhase } from "../model/rollout";

/** The options of the command, as node:util reads them. */
export const gateOptions = {
  pod: { type: "string" },
  prometheus: { type: "string" },
  database: { type: "string" },
  watch: { type: "boolean", default: false },
  "interval-seconds": { type: "string", default: "10" },
  "deadline-minutes": { type: "string" },
  "timeout-seconds": { type: "string", default: "10" },
  "mark-draining": { type: "boolean", default: false },
  undo: { type: "boolean", default: false },
  yes: { type: "boolean", default: false },
  since: { type: "string" },
  format: { type: "string", default: "text" },
  help: { type: "boolean", default: false },
} as const;

/**
 * How long `--watch` waits where the rollout gives no deadline of its own: by the runbooks, the look before takes
 * 5 minutes, and a controller that is not back after 5 minutes is rolled back.
 */
export const defaultDeadlineMinutes: Readonly<Record<Exclude<RolloutPhase, "drain">, number>> = { before: 5, after: 5 };

/** Shown by --help, and after a mistake. */
export const usage = `Usage: npm run gate -- <service> <phase> --pod <controller> --prometheus <URL> [options]

Asks Prometheus and the GC database whether a rollout may go on. It reads; only --mark-draining and --undo write.

  <phase>                before, drain or after; gc has no drain
  --pod <controller>     which controller is rolled out, such as mc-0
  --prometheus <URL>     such as http://localhost:9090
  --database <URL>       such as postgres://reader@localhost:5432/gc; without it, its gates could not be told.
                         Leave the password to PGPASSWORD or ~/.pgpass: other users see a command's arguments
  --since <Unix time>    with after: when the rollout began (date +%s). Every pod must be newer: what Prometheus knows of
                         pods is some seconds old, and could still be the old one
  --watch                ask again until all gates hold, or until the deadline
  --interval-seconds <n> how often; without it: 10
  --deadline-minutes <n> without it: the rollout's own deadline for drain, ${defaultDeadlineMinutes.before} for before, ${defaultDeadlineMinutes.after} for after
  --timeout-seconds <n>  how long a server may take for one answer; without it: 10

  --format <format>      text or json; without it: text. With json one document goes to standard output, the words to
                         standard error, and the exit code is the same

  --mark-draining        with drain: take the controller out of service, if the gates of before hold; --watch then waits
  --undo                 with drain: put it back
  --yes                  do not ask before either of them; needed where nobody can be asked

Exits with
  0    when all gates hold (with --mark-draining or --undo and no --watch: when the change is committed)
  1    when a gate does not hold, a change was not made, or the command line is wrong
  2    when no gate is known not to hold, but one could not be told: no data, no answer in time, a refused query.
       No data never counts as good
  130  when interrupted`;
