import type { Declared } from "../../core/running/declared";
import type { Running } from "../../core/running/running";
import { withBudget } from "./limits";
import { lookAtAlertmanager } from "./look-at-alertmanager";
import { lookAtGrafana } from "./look-at-grafana";
import { lookAtPrometheus } from "./look-at-prometheus";
import { lookAtRunbooks } from "./look-at-runbooks";

/** What is looked at. Addresses as people type them, with a path and a password perhaps. */
export interface Servers {
  readonly prometheus?: string | undefined;
  readonly alertmanager?: string | undefined;
  readonly grafana?: string | undefined;
  /** Of Grafana: a service account's, or `user:password`. */
  readonly grafanaToken?: string | undefined;
  /** Whether the addresses of runbooks are opened. */
  readonly runbooks: boolean;
}

/** Asks the servers what runs. It reads only, within what one run may cost. */
export function look(
  servers: Servers,
  declared: Declared,
  { timeoutSeconds, signal }: { readonly timeoutSeconds: number; readonly signal: AbortSignal },
): Promise<Running> {
  const { prometheus, alertmanager, grafana, grafanaToken, runbooks } = servers;
  return withBudget(timeoutSeconds, signal, async (budget) => {
    const [a, b, c, d] = await Promise.all([
      prometheus === undefined ? undefined : lookAtPrometheus(prometheus, declared, budget),
      alertmanager === undefined ? undefined : lookAtAlertmanager(alertmanager, budget),
      grafana === undefined ? undefined : lookAtGrafana(grafana, grafanaToken, { declared, budget }),
      runbooks ? lookAtRunbooks(declared, budget) : undefined,
    ]);
    return { ...(a && { prometheus: a }), ...(b && { alertmanager: b }), ...(c && { grafana: c }), ...(d && { runbooks: d }) };
  });
}
