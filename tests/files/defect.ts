/** One thing that is made wrong in the repository: « stands where the finding is expected. */
export interface Defect {
  readonly check: string;
  readonly file: string;
  readonly from: string;
  /** What stands there instead. A finding in Markdown has a line only. */
  readonly to: string;
  readonly severity?: "warning";
}

/** Files of the repository in which most is made wrong. */
export const places = {
  mc: "prometheus/rules/mc.yaml",
  gc: "prometheus/rules/gc.yaml",
  ac: "deploy/ac-rules.yaml",
  board: "grafana/mc-overview.json",
  mcBook: "docs/runbooks/mc.md",
  gcBook: "docs/runbooks/gc.md",
} as const;
