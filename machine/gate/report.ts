import type { RolloutPhase } from "../../core/model/rollout";
import type { GateResult } from "./evaluate";
import { describeServer } from "../system/failure";
import type { GateRequest } from "./request";
import { renderReasons, renderTable, summarize } from "./table";
import type { Terminal } from "../terminal/terminal";

/** Writes which servers are asked about what. */
export function writeHeading(request: GateRequest, phase: RolloutPhase, { write }: Terminal): void {
  const { prometheus, database } = request.servers;
  const servers = [prometheus, database].flatMap((url) => (url === undefined ? [] : [describeServer(url)]));
  write(`${request.service} ${phase}, ${request.controller}, asking ${servers.join(" and ")}\n\n`);
}

/** Writes the gates, what is wrong with those that are not open, and what that means. */
export function writeReport(request: GateRequest, phase: RolloutPhase, results: readonly GateResult[], terminal: Terminal): void {
  writeHeading(request, phase, terminal);
  terminal.write(`${renderTable(results, terminal.isColored).join("\n")}\n`);
  writeConclusion(results, terminal);
}

/** Writes what is wrong with the gates that are not open, and what that means. */
export function writeConclusion(results: readonly GateResult[], { write }: Terminal): void {
  const reasons = renderReasons(results);
  write(`\n${reasons.length > 0 ? `${reasons.join("\n")}\n\n` : ""}${summarize(results)}\n`);
}
