import { z } from "zod";
import { holdsDashboard, readDashboardFile } from "../../core/load/files/dashboard";
import type { Declared } from "../../core/running/declared";
import type { Running, RunningDashboard } from "../../core/running/running";
import type { Told } from "../../core/running/told";
import { describeServer } from "../system/failure";
import { parseJson } from "../system/json";
import { readReply, type CannotTell } from "../system/read-reply";
import { givingUp, limits, lookAtEach, type Budget } from "./limits";

const found = z.looseObject({});
/** What Grafana says of what it does not have; a gateway's 404 is a page. */
const refusal = z.looseObject({ message: z.string() });

/** Asks a Grafana for the dashboards and data sources that are declared. The token is one of a service account, or `user:password`. */
export async function lookAtGrafana(
  url: string,
  token: string | undefined,
  { declared, budget }: { readonly declared: Declared; readonly budget: Budget },
): Promise<NonNullable<Running["grafana"]>> {
  const give = givingUp();
  const get = (path: string): Promise<Told<unknown>> => give<Told<unknown>>(() => ask(url, path, { token, budget }));
  const dashboards = await lookAtEach(unique([...declared.dashboards, ...declared.dashboardLinks]), async (uid) =>
    dashboardOf(await get(`dashboards/uid/${encodeURIComponent(uid)}`)),
  );
  const datasources = await lookAtEach(unique(declared.datasources), async (uid) => {
    const told = await get(`datasources/uid/${encodeURIComponent(uid)}`);
    return "data" in told ? { data: told.data !== undefined } : told;
  });
  return { server: describeServer(url), dashboards, datasources };
}

function unique(declared: readonly { readonly uid: string }[]): readonly string[] {
  return [...new Set(declared.map(({ uid }) => uid))];
}

/** What Grafana has; undefined where it says that it has none. */
async function ask(
  url: string,
  path: string,
  { token, budget }: { readonly token: string | undefined; readonly budget: Budget },
): Promise<Told<unknown> | CannotTell> {
  const patience = budget.spend(limits.bytes);
  if ("cannotTell" in patience) return patience;
  const address = new URL(url);
  address.pathname = `${address.pathname.replace(/\/$/, "")}/api/${path}`;
  const answer = await readReply({ url: address.href, headers: authorization(token) }, patience);
  if ("cannotTell" in answer) return answer;
  const body = parseJson(answer.text);
  if (answer.status === 404 && refusal.safeParse(body).success) return { data: undefined };
  if (answer.status === 401 || answer.status === 403)
    return { cannotTell: `HTTP ${answer.status}: it wants a token that may read this, in GRAFANA_AUTH` };
  const read = found.safeParse(body);
  return answer.status === 200 && read.success
    ? { data: read.data }
    : { cannotTell: `HTTP ${answer.status}, and the answer is not that of a Grafana` };
}

function authorization(token: string | undefined): Readonly<Record<string, string>> {
  if (token === undefined || token === "") return {};
  return { authorization: token.includes(":") ? `Basic ${Buffer.from(token).toString("base64")}` : `Bearer ${token}` };
}

function dashboardOf(told: Told<unknown>): Told<RunningDashboard | undefined> {
  if ("cannotTell" in told) return told;
  if (told.data === undefined) return { data: undefined };
  const document = { value: told.data, at: { document: 0, path: [] } };
  if (!holdsDashboard(document)) return { data: {} };
  return { data: { panels: readDashboardFile("", document).panels.flatMap(({ id }) => id ?? []) } };
}
