import { counter, gauge, histogram } from "../../core/model";

const status = ["success", "error"] as const;

/** Everything that REC exports. */
export const metrics = {
  recordings: gauge("rec_recordings_active", { unit: "recordings", help: "Meetings that are being recorded." }),
  diskFree: gauge("rec_disk_free_ratio", { help: "Share of the volume for parts that is free." }),
  viewers: gauge("rec_live_viewers", { unit: "viewers", help: "People who watch a recording while it is made." }),
  backlog: gauge("rec_upload_backlog_bytes", { help: "What is written and not yet uploaded." }),
  starts: counter("rec_starts_total", { help: "Attempts to start a recording.", traffic: true, labels: { status } }),
  frames: counter("rec_frames_total", {
    unit: "frames",
    help: "Frames that arrived for a recording.",
    traffic: true,
    labels: { kind: ["audio", "video"], status: ["written", "late", "lost"] },
  }),
  uploads: counter("rec_uploads_total", { help: "Parts sent to the object store.", traffic: true, labels: { status } }),
  corruptFiles: counter("rec_corrupt_files_total", { unit: "files", help: "Recordings that no player opens." }),
  startDuration: histogram("rec_start_duration_seconds", {
    help: "Time until the first frame of a recording is written.",
    traffic: true,
    buckets: [0.1, 0.25, 0.5, 1, 2, 5, 10],
  }),
  writeDuration: histogram("rec_write_duration_seconds", {
    help: "Time to write one part to the volume.",
    traffic: true,
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1],
  }),
};
