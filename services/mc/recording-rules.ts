import { promql } from "../../core/model/query";
import { recordingRule } from "../../core/model/recording-rule";
import { metrics } from "./metrics";

/** Queries that are worth storing. */
export const recordingRules = {
  messageProcessingP95: recordingRule("actor_type:mc_message_processing_duration_seconds:p95_5m", {
    query: promql`histogram_quantile(0.95, sum by (actor_type, le) (rate(${metrics.messageProcessing.bucket}[5m])))`,
    purpose: "A target of the meeting-join journey: read by the MC's dashboard, its alert and the journey.",
  }),
};
