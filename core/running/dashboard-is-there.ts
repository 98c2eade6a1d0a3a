import { problem, type Problem } from "../checks/check";
import { nearestName } from "../model/suggestion";
import type { Declared } from "./declared";
import type { LiveCheck } from "./live-check";
import type { Running } from "./running";

/** Grafana has what alerts lead to, and what draws it. */
export const dashboardIsThere: LiveCheck = {
  id: "dashboard-is-there",
  description: "Grafana has every declared dashboard, the panels that alerts lead to, and the data sources.",
  severity: "error",
  run: (declared, { grafana }) =>
    grafana ? [...dashboards(declared, grafana), ...panels(declared, grafana), ...datasources(declared, grafana)] : [],
};

type Grafana = NonNullable<Running["grafana"]>;

function isMissing(told: { readonly data: unknown } | { readonly cannotTell: string } | undefined): boolean {
  return told !== undefined && "data" in told && told.data === undefined;
}

function dashboards(declared: Declared, grafana: Grafana): readonly Problem[] {
  const there = [...grafana.dashboards].flatMap(([uid, told]) => ("data" in told && told.data ? [uid] : []));
  const own = declared.dashboards.map(({ uid }) => uid);
  return [
    ...declared.dashboards
      .filter(({ uid }) => isMissing(grafana.dashboards.get(uid)))
      .map(({ uid, subject }) => problem(subject, `Grafana has no dashboard with the uid "${uid}". Deploy it.`)),
    ...declared.dashboardLinks
      .filter(({ uid }) => !own.includes(uid) && isMissing(grafana.dashboards.get(uid)))
      .map(({ uid, subject }) => {
        const near = nearestName(uid, there);
        return problem(
          subject,
          `leads to the dashboard "${uid}", which Grafana does not have.${near === undefined ? "" : ` Did you mean "${near}"?`}`,
        );
      }),
  ];
}

function panels({ dashboardLinks }: Declared, grafana: Grafana): readonly Problem[] {
  return dashboardLinks.flatMap(({ uid, panel, subject }) => {
    const told = grafana.dashboards.get(uid);
    const numbers = told && "data" in told ? told.data?.panels : undefined;
    if (panel === undefined || !numbers || numbers.includes(panel)) return [];
    return [
      problem(
        subject,
        `leads to panel ${panel} of the dashboard "${uid}", and the one that Grafana has has no such panel: was it changed by hand, or not deployed?`,
      ),
    ];
  });
}

function datasources({ datasources: declared }: Declared, grafana: Grafana): readonly Problem[] {
  const there = [...grafana.datasources].flatMap(([uid, told]) => ("data" in told && told.data ? [uid] : []));
  return declared.flatMap(({ uid, subject }) => {
    const told = grafana.datasources.get(uid);
    if (!told || !("data" in told) || told.data) return [];
    const near = nearestName(uid, there);
    return [
      problem(
        subject,
        `uses the data source "${uid}", which Grafana does not have: it draws nothing.${near === undefined ? "" : ` Did you mean "${near}"?`}`,
      ),
    ];
  });
}
