import { dashboard, panel, quantile, rateBy, ratio, sumBy } from "../../core/model";
import { metrics } from "./metrics";

/** Every graph of MH beside those that its parts bring. */
export const panels = {
  streams: panel("streams", { title: "Streams by instance", of: sumBy(metrics.streams, ["instance"]) }),
  participants: panel("participants", { title: "Participants by instance", of: sumBy(metrics.participants, ["instance"]) }),
  egress: panel("egress", { title: "Media sent by kind", of: rateBy(metrics.egress, ["kind"]) }),
  setups: panel("setups", { title: "Stream setups by status", of: rateBy(metrics.setups, ["status"]) }),
  setupFailures: panel("setup-failures", { title: "Failed setups", of: ratio(metrics.setups, { bad: { status: "error" } }) }),
  loss: panel("loss", { title: "Packet loss by kind", of: ratio(metrics.packets, { bad: { status: "lost" }, by: ["kind"] }) }),
  jitter: panel("jitter", { title: "Jitter p95 by kind", of: quantile(0.95, metrics.jitter, { by: ["kind"] }) }),
  forwarding: panel("forwarding", { title: "Forwarding p95", of: quantile(0.95, metrics.forwarding) }),
};

/** What people look at when an alert of MH fires. */
export const overview = dashboard("mh-overview", {
  title: "MH overview",
  description: "Media handler: forwards the media of the participants of a meeting.",
  // Parts and upstreams bring their own rows.
  rows: {
    Traffic: [panels.streams, panels.participants, panels.egress, panels.setups],
    Errors: [panels.setupFailures, panels.loss],
    Latency: [panels.jitter, panels.forwarding],
  },
});
