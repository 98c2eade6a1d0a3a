import { liveChecks } from "../core/running";
import type { Declared } from "../core/running/declared";
import { runLiveChecks } from "../core/running/live-check";
import { isUntold } from "../core/running/server-answers";
import type { AcceptedFinding, Finding } from "../core/model/finding";
import { limits } from "../machine/doctor/limits";
import { look, type Servers } from "../machine/doctor/look";
import { describeServer } from "../machine/system/failure";
import { withProgress } from "../machine/system/progress";
import { Interrupted, UsageError } from "../machine/system/user-error";
import type { FlagDescription, ValueDescription } from "../machine/terminal/command";
import { readNumber, readUrl } from "../machine/terminal/option-values";
import { onTerminal } from "../machine/terminal/terminal";
import { exitCodeOf, formatOption, renderReport } from "./check-report";

/** The options of `doctor` that say what is asked. */
export const doctorOptions = {
  prometheus: {
    type: "string",
    value: "<URL>",
    help: `such as http://localhost:9090. A user and a password in an address are sent as basic authentication`,
    fits: (word: string) => /^https?:/.test(word),
  },
  alertmanager: { type: "string", value: "<URL>", help: "such as http://localhost:9093" },
  grafana: {
    type: "string",
    value: "<URL>",
    help: "such as http://localhost:3000; its token in GRAFANA_AUTH, or user:password",
  },
  runbooks: { type: "boolean", help: "open the address of every runbook, and look for its anchor" },
  "timeout-seconds": { type: "string", value: "<n>", help: "how long a server may take for one answer", default: "10" },
  format: formatOption,
} as const satisfies Record<string, ValueDescription | FlagDescription>;

/** What the help of `doctor` says below its options. */
export const doctorNotes = `At least one of --prometheus, --alertmanager, --grafana and --runbooks. It reads only: at most ${limits.requests} questions in
${limits.seconds} s, ${limits.atOnce} at a time, and of no answer more than ${limits.longBytes / 1024 / 1024} MiB.
Exits with
  0  when nothing is wrong
  1  when something is
  2  when nothing is known to be wrong, and something could not be told: no answer in time, a refusal, a page in place
     of an answer. What a server does not say never counts as missing`;

/** What was typed. */
export interface DoctorValues {
  readonly prometheus?: string | undefined;
  readonly alertmanager?: string | undefined;
  readonly grafana?: string | undefined;
  readonly runbooks?: boolean | undefined;
  readonly "timeout-seconds": string;
  readonly format: string;
}

/** What is declared, and what becomes of findings about it before they are told. */
export interface Patient {
  readonly declared: Declared;
  readonly accept?: (findings: readonly Finding[]) => readonly Finding[];
  /** With the files, and lines, as people know them. */
  readonly locate: <F extends Finding>(findings: readonly F[]) => readonly F[];
}

const longestTimeout = 60;

/** Which servers are asked. */
export function readServers(values: DoctorValues): Servers {
  const { prometheus, alertmanager, grafana, runbooks = false } = values;
  if (prometheus === undefined && alertmanager === undefined && grafana === undefined && !runbooks)
    throw new UsageError("What is to be asked? Give --prometheus, --alertmanager, --grafana or --runbooks.");
  return {
    prometheus: prometheus === undefined ? undefined : readUrl("--prometheus", prometheus),
    alertmanager: alertmanager === undefined ? undefined : readUrl("--alertmanager", alertmanager),
    grafana: grafana === undefined ? undefined : readUrl("--grafana", grafana),
    grafanaToken: process.env["GRAFANA_AUTH"],
    runbooks,
  };
}

/** Compares what is declared with what runs, and prints what is wrong. Returns what the process exits with. */
export async function runDoctor(values: DoctorValues, { declared, accept = (all) => all, locate }: Patient): Promise<number> {
  const servers = readServers(values);
  const timeoutSeconds = readNumber("--timeout-seconds", values["timeout-seconds"], longestTimeout);
  const running = await onTerminal(async ({ signal }) => {
    const terminal = process.stderr;
    const asked = await withProgress(
      (seconds) => `Asking what runs … ${seconds} s`,
      { note: () => undefined, terminal },
      () => look(servers, declared, { timeoutSeconds, signal }),
    );
    if (signal.aborted) throw new Interrupted("Interrupted: nothing is said about what runs.");
    return asked;
  });
  const { findings: all, accepted } = runLiveChecks(liveChecks, declared, running);
  const findings = accept(all);
  const located: readonly AcceptedFinding[] = locate(accepted);
  console.log(renderReport(locate(findings), values.format, { accepted: located, checks: liveChecks }));
  if (values.format === "text") console.log(summary(declared, servers));
  return exitCodeOf(findings) === 1 ? 1 : isUntold(findings) ? 2 : 0;
}

function summary({ rules, metrics, dashboards, runbookPages }: Declared, servers: Servers): string {
  const addresses = [servers.prometheus, servers.alertmanager, servers.grafana].flatMap((url) =>
    url === undefined ? [] : [describeServer(url)],
  );
  const asked = [...addresses, ...(servers.runbooks ? [`the runbooks of ${runbookPages.length} alerts`] : [])];
  return `Declared: ${rules.length} rules, ${metrics.length} metrics, ${dashboards.length} dashboards. Asked: ${asked.join(", ")}.`;
}
