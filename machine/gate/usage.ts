import type { RolloutPhase } from "../../core/model/rollout";
import { stackOption } from "../terminal/stack-option";
import type { CommandDescription } from "../terminal/command";
import { gateFormats } from "./request";

/**
 * How long `--watch` waits where the rollout gives no deadline of its own: by the runbooks, the look before takes
 * 5 minutes, and a controller that is not back after 5 minutes is rolled back.
 */
export const defaultDeadlineMinutes: Readonly<Record<Exclude<RolloutPhase, "drain">, number>> = { before: 5, after: 5 };

/** What is to be known of `gate`. */
export const description = {
  name: "gate",
  summary: "Asks Prometheus and the GC database whether a rollout may go on. It reads; only --mark-draining and --undo write.",
  words: [
    { word: "<service>", help: "whose rollout, such as mc" },
    { word: "<phase>", help: "before, drain or after; gc has no drain" },
  ],
  options: {
    pod: {
      type: "string",
      value: "<controller>",
      help: "which controller is rolled out, such as mc-0",
      fits: (word: string) => /^\w+-\d+$/.test(word),
    },
    stack: stackOption("the stack whose workloads are meant, where its settings say which of several installations it watches"),
    prometheus: {
      type: "string",
      value: "<URL>",
      help: "such as http://localhost:9090",
      fits: (word: string) => /^https?:/.test(word),
    },
    database: {
      type: "string",
      value: "<URL>",
      help: `such as postgres://reader@localhost:5432/gc; without it, its gates could not be told.
Leave the password to PGPASSWORD or ~/.pgpass: other users see a command's arguments`,
      fits: (word: string) => word.startsWith("postgres"),
    },
    since: {
      type: "string",
      value: "<Unix time>",
      help: `with after: when the rollout began (date +%s). Every pod must be newer: what Prometheus knows of pods
is some seconds old, and could still be the old one`,
    },
    watch: { type: "boolean", help: "ask again until all gates hold, or until the deadline" },
    "interval-seconds": { type: "string", value: "<n>", help: "how often", default: "10" },
    "deadline-minutes": {
      type: "string",
      value: "<n>",
      help: `without it: the rollout's own deadline for drain, ${defaultDeadlineMinutes.before} for before, ${defaultDeadlineMinutes.after} for after`,
    },
    "timeout-seconds": { type: "string", value: "<n>", help: "how long a server may take for one answer", default: "10" },
    format: {
      type: "string",
      value: "<format>",
      help: `${gateFormats.join(" or ")}. With json one document goes to standard output, the words to standard error,
and the exit code is the same`,
      choices: gateFormats,
      default: "text",
    },
    "mark-draining": {
      type: "boolean",
      help: "with drain: take the controller out of service, if the gates of before hold; --watch then waits",
    },
    undo: { type: "boolean", help: "with drain: put it back" },
    yes: { type: "boolean", help: "do not ask before either of them; needed where nobody can be asked" },
  },
  notes: `Exits with
  0    when all gates hold (with --mark-draining or --undo and no --watch: when the change is committed)
  1    when a gate does not hold, or a change was not made
  2    when no gate is known not to hold, but one could not be told: no data, no answer in time, a refused query,
       a command line that is wrong. No data never counts as good
  130  when interrupted`,
  examples: [
    "mc before --pod mc-0 --prometheus http://localhost:9090",
    "mc drain --pod mc-0 --prometheus http://localhost:9090 --watch",
  ],
} as const satisfies CommandDescription;
