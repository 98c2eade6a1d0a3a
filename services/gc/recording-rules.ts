import { promql, where } from "../../core/model/query";
import { recordingRule } from "../../core/model/recording-rule";
import { metrics } from "./metrics";

/** Queries that are worth storing. */
export const recordingRules = {
  assignmentP95: recordingRule("gc:gc_mc_assignment_duration_seconds:p95_5m", {
    query: promql`histogram_quantile(0.95, sum by (le) (rate(${where(metrics.assignmentDuration.bucket, { status: "success" })}[5m])))`,
    purpose: "A target of the meeting-join journey: read by the GC's dashboard, its alert and the journey.",
  }),
};
