import { both, draining } from "./gate-situation";
import type { TestController } from "./postgres-server";
import { recordingTerminal, type RecordingTerminal } from "./recording-terminal";

/** What a person or a script does, and what must become of it. */
export interface ChangeSituation {
  readonly name: string;
  readonly options: string;
  readonly controllers: Readonly<Record<string, TestController>>;
  readonly terminal: () => RecordingTerminal;
  readonly code: number;
  /** The status of mc-0 afterwards; without it: as before. */
  readonly becomes?: string;
  readonly says: RegExp;
}

/** The option under test. */
export const mark = "--mark-draining";
const person =
  (...answers: readonly (string | undefined)[]) =>
  (): RecordingTerminal =>
    recordingTerminal(answers);
const script = (): RecordingTerminal => recordingTerminal();

/** Each way in which a change is made or refused. */
export const changeSituations: readonly ChangeSituation[] = [
  {
    name: "marks a controller that a person confirms by its name, after showing its row and the statement",
    options: mark,
    controllers: both,
    terminal: person("mc-0"),
    code: 0,
    becomes: "draining",
    says: /mc-0 is healthy, with 12 meetings\. The statement:\n\n {2}update meeting_controllers\n[^]+controller_id = 'mc-0'[^]+Type mc-0 to mark it draining: Committed, marked draining: mc-0 is draining, with 12 meetings\.\n$/,
  },
  {
    name: "marks without asking when a script confirms",
    options: `${mark} --yes`,
    controllers: both,
    terminal: script,
    code: 0,
    becomes: "draining",
    says: /Committed, marked draining/,
  },
  {
    name: "marks nothing when another name is typed",
    options: mark,
    controllers: both,
    terminal: person("mc-1"),
    code: 1,
    says: /Not confirmed\.\nmc-0 was not marked draining\.\n$/,
  },
  {
    name: "marks nothing when no name is typed",
    options: mark,
    controllers: both,
    terminal: person(undefined),
    code: 1,
    says: /Not confirmed\.\nmc-0 was not marked draining\.\n$/,
  },
  {
    name: "marks nothing, and asks nothing, when a gate of before does not hold",
    options: mark,
    controllers: { "mc-0": {}, "mc-1": { meetings: 100 } },
    terminal: person("mc-0"),
    code: 1,
    says: /others-have-room does not hold[^]+must not go on\.\nA controller is drained only when all gates of before hold\.\nmc-0 was not marked draining\.\n$/,
  },
  {
    name: "marks nothing when the statement's own conditions do not hold",
    options: `${mark} --yes`,
    controllers: draining,
    terminal: script,
    code: 1,
    says: /Rolled back: the statement's conditions do not hold, so that it changed no row\.\nmc-0 was not marked draining\.\n$/,
  },
  {
    name: "marks nothing that the database does not have",
    options: "--undo --yes",
    controllers: { "mc-1": {} },
    terminal: script,
    code: 1,
    says: /The database has no controller "mc-0"\.\nmc-0 was not put back into service\.\n$/,
  },
  {
    name: "undoes the mark of a controller with a fresh heartbeat",
    options: "--undo",
    controllers: draining,
    terminal: person("mc-0"),
    code: 0,
    becomes: "healthy",
    says: /mc-0 is draining, with 12 meetings[^]+Committed, put back into service: mc-0 is healthy, with 12 meetings\.\n$/,
  },
  {
    name: "does not make a controller with a stale heartbeat look healthy",
    options: "--undo --yes",
    controllers: { "mc-0": { status: "draining", heartbeat: "stale" }, "mc-1": {} },
    terminal: script,
    code: 1,
    says: /Rolled back: the statement's conditions do not hold[^]+mc-0 was not put back into service\.\n$/,
  },
];
