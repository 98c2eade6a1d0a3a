import { dashboard, maxBy, minBy, panel, quantile, rateBy, ratio, sumBy } from "../../core/model";
import { metrics } from "./metrics";

/** Every graph of REC beside those that its parts bring. */
export const panels = {
  recordings: panel("recordings", { title: "Recordings", of: sumBy(metrics.recordings, ["instance"]) }),
  starts: panel("starts", { title: "Starts by status", of: rateBy(metrics.starts, ["status"]) }),
  startFailures: panel("start-failures", { title: "Starts that fail", of: ratio(metrics.starts, { bad: { status: "error" } }) }),
  frameLoss: panel("frame-loss", { title: "Frames lost", of: ratio(metrics.frames, { bad: { status: "lost" }, by: ["kind"] }) }),
  uploadFailures: panel("upload-failures", { title: "Failed uploads", of: ratio(metrics.uploads, { bad: { status: "error" } }) }),
  corruptFiles: panel("corrupt-files", { title: "Corrupt recordings", of: rateBy(metrics.corruptFiles, ["instance"]) }),
  startLatency: panel("start-latency", { title: "Start p95", of: quantile(0.95, metrics.startDuration) }),
  writeLatency: panel("write-latency", { title: "Write p95", of: quantile(0.95, metrics.writeDuration, { by: ["instance"] }) }),
  viewers: panel("viewers", { title: "Live viewers", of: sumBy(metrics.viewers, ["instance"]) }),
  diskFree: panel("disk-free", { title: "Free space by instance", of: minBy(metrics.diskFree, ["instance"]) }),
  backlog: panel("backlog", { title: "Upload backlog by instance", of: maxBy(metrics.backlog, ["instance"]) }),
};

/** What people look at when an alert of REC fires. */
export const overview = dashboard("rec-overview", {
  title: "REC overview",
  description: "Recording service: records meetings to a volume and sends the parts to the object store.",
  // Parts and upstreams bring their own rows.
  rows: {
    Traffic: [panels.recordings, panels.viewers, panels.starts],
    Errors: [panels.startFailures, panels.frameLoss, panels.uploadFailures, panels.corruptFiles],
    Latency: [panels.startLatency, panels.writeLatency],
    Volume: [panels.diskFree, panels.backlog],
  },
});
