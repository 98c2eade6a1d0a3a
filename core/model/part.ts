import type { Alert } from "./alert";
import type { Usual } from "./good-day";
import type { Catalog } from "./metric";
import type { Dashboard, Panel, Row } from "./panel";
import type { Service } from "./service";

/** What every service of a kind has in the same way: its metrics, the rows that show them, the alerts on them. */
export interface Part<A extends string = string> {
  readonly metrics: Catalog;
  readonly rows: readonly PartRow[];
  readonly alerts: Readonly<Record<A, Alert>>;
  /** What goes on without users on a good day. */
  readonly background: readonly Usual[];
  /** Standard situations of which its alerts rightly tell, where those of other services tell nothing. */
  readonly situations?: Service["situations"];
}

/** A row of the first dashboard: before the service's own, behind them, or at the very end. */
export interface PartRow extends Row {
  readonly at: "first" | "behind" | "last";
}

/** A row of a part. */
export function partRow(title: string, at: PartRow["at"], panels: readonly Panel[]): PartRow {
  return { title, at, panels };
}

/** The first dashboard with the rows of the parts around its own; without parts the same. */
export function withPartRows([overview, ...others]: readonly Dashboard[], parts: readonly Part[]): readonly Dashboard[] {
  if (!overview) return [];
  const rows = parts.flatMap((part) => part.rows);
  const at = (place: PartRow["at"]): readonly Row[] =>
    rows.filter((row) => row.at === place).map(({ title, panels }) => ({ title, panels }));
  return [{ ...overview, rows: [...at("first"), ...overview.rows, ...at("behind"), ...at("last")] }, ...others];
}
