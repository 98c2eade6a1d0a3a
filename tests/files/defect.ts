/** One thing that is made wrong in the repository: « stands where the finding is expected. */
export interface Defect {
  readonly check: string;
  readonly file: string;
  readonly from: string;
  /** What stands there instead. A finding in Markdown has a line only. */
  readonly to: string;
  readonly severity?: "warning";
}
