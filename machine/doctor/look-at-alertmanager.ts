import { parse } from "yaml";
import { z } from "zod";
import { readAlerting } from "../../core/load/alerting";
import type { Running } from "../../core/running/running";
import { describeServer } from "../system/failure";
import { parseJson } from "../system/json";
import { readReply } from "../system/read-reply";
import { limits, type Budget } from "./limits";

const status = z.object({ config: z.object({ original: z.string() }) });

/** Asks an Alertmanager for the configuration that it has loaded; secrets are not in it. */
export async function lookAtAlertmanager(url: string, budget: Budget): Promise<NonNullable<Running["alertmanager"]>> {
  const server = describeServer(url);
  const patience = budget.spend(limits.bytes);
  if ("cannotTell" in patience) return { server, alerting: patience };
  const address = new URL(url);
  address.pathname = `${address.pathname.replace(/\/$/, "")}/api/v2/status`;
  const answer = await readReply({ url: address.href }, patience);
  if ("cannotTell" in answer) return { server, alerting: answer };
  const read = status.safeParse(parseJson(answer.text));
  if (!read.success)
    return { server, alerting: { cannotTell: `HTTP ${answer.status}, and the answer is not that of an Alertmanager` } };
  try {
    return { server, alerting: { data: readAlerting(parse(read.data.config.original)) } };
  } catch {
    return { server, alerting: { cannotTell: "its configuration cannot be read" } };
  }
}
