import { counter, gauge, histogram } from "../../core/model";

const kind = ["audio", "video"] as const;

/** Everything that MH exports beside what its parts do. */
export const metrics = {
  streams: gauge("mh_streams_active", { unit: "streams", help: "Media streams that are forwarded." }),
  participants: gauge("mh_participants_connected", { unit: "participants", help: "People whose media arrive here." }),
  egress: counter("mh_egress_bytes_total", { help: "Media sent.", traffic: true, labels: { kind } }),
  setups: counter("mh_stream_setups_total", {
    unit: "setups",
    help: "Attempts to set up a stream, and how they ended.",
    traffic: true,
    labels: { status: ["success", "rejected", "error"] },
  }),
  packets: counter("mh_packets_total", {
    unit: "packets",
    help: "Packets received, and what became of them.",
    traffic: true,
    labels: { kind, status: ["forwarded", "late", "lost"] },
  }),
  jitter: histogram("mh_jitter_seconds", {
    help: "Variation between the arrivals of packets.",
    traffic: true,
    labels: { kind },
    buckets: [0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5],
  }),
  forwarding: histogram("mh_forwarding_duration_seconds", {
    help: "Time from the arrival of a packet until it is sent on.",
    traffic: true,
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.1],
  }),
};
