import type { LoadedDashboard } from "../../model/files/loaded";
import { groupBy } from "../../model/group-by";
import { problem, type Check, type Problem } from "../check";

/** Grafana keeps one dashboard a uid, and a link one panel an id. */
export const uidIsUnique: Check = {
  id: "uid-is-unique",
  description: "No two dashboards have one uid, and no two panels of a dashboard one id.",
  severity: "error",
  run: ({ files }) => [...dashboards(files?.dashboards ?? []), ...(files?.dashboards ?? []).flatMap(panels)],
};

function dashboards(all: readonly LoadedDashboard[]): readonly Problem[] {
  const named = all.filter(({ uid }) => uid !== "");
  return [...groupBy(named, ({ uid }) => uid).values()].flatMap(([first, ...others]) =>
    others.map(({ uid, subject }) =>
      problem(
        subject,
        `has the uid "${uid}", as ${first?.subject.file ?? ""} has: Grafana would keep only one of them. Give it another.`,
      ),
    ),
  );
}

function panels({ panels: all }: LoadedDashboard): readonly Problem[] {
  const numbered = all.filter(({ id }) => id !== undefined);
  return [...groupBy(numbered, ({ id }) => id).values()].flatMap(([first, ...others]) =>
    others.map(({ id, subject }) =>
      problem(
        subject,
        `has the id ${id ?? 0}, as the panel "${first?.title ?? ""}" has: a link to one may show the other. Give it another.`,
      ),
    ),
  );
}
