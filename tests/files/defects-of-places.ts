import { places, type Defect } from "./defect";

const { mc, gc, ac, board, mcBook, gcBook } = places;

/** What is wrong with dashboards, with where things run, and with what must not be told. */
export const defectsOfPlaces: readonly Defect[] = [
  // Dashboards
  { check: "variable-is-declared", file: board, from: "sum by ($by)", to: "sum by ($«byy)" },
  { check: "variable-is-declared", file: board, from: "topk($n,", to: "topk($«count," },
  { check: "variable-is-declared", file: board, from: "[${window}]", to: "[${«windows}]" },
  { check: "datasource-fits", file: board, from: '"job:mc_join_errors:ratio_rate5m"', to: '"«{app=\\"mc\\"} |= \\"dropped\\""' },
  { check: "uid-is-unique", file: board, from: '{\n          "id": 8,', to: '«{\n          "id": 7,' },
  { check: "uid-is-unique", file: "grafana/gc-overview.json", from: '{\n        "id": 5,', to: '«{\n        "id": 4,' },
  {
    check: "panel-has-description",
    file: "grafana/gc-overview.json",
    from: '{\n        "id": 2,\n        "title": "Requests",\n        "type": "timeseries",\n        "description": "By endpoint."',
    to: '«{\n        "id": 2,\n        "title": "Requests",\n        "type": "timeseries",\n        "description": ""',
    severity: "warning",
  },

  // Rules
  {
    check: "alert-labels-are-distinct",
    file: mc,
    from: "(increase(mc_messages_dropped_total[1h])) > 10\n        labels: { severity: warning, service: mc }",
    to: "(increase(mc_messages_dropped_total[1h])) > 10\n        labels: { severity: warning, service: mc, reason: «x }",
    severity: "warning",
  },

  // Where it runs
  {
    check: "rule-is-loaded",
    file: ac,
    from: "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: ac\n  namespace: monitoring\n  labels: { release: main",
    to: "«apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: ac\n  namespace: monitoring\n  labels: { release: master",
  },
  {
    check: "dashboard-is-loaded",
    file: "deploy/dashboard-ac.yaml",
    from: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ac-dashboard\n  namespace: monitoring\n  labels: { grafana_dashboard: "1" }',
    to: '«apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ac-dashboard\n  namespace: monitoring\n  labels: { grafana: "1" }',
  },
  {
    check: "matcher-fits-workload",
    file: mc,
    from: 'container="mc", pod=~"mc-[01]-.*"',
    to: 'container="«mcc", pod=~"mc-[01]-.*"',
  },
  { check: "matcher-fits-workload", file: gc, from: 'namespace="dark-tower"} < 2', to: 'namespace="«dark-towers"} < 2' },
  {
    check: "matcher-fits-workload",
    file: mcBook,
    from: 'max by (actor_type) (mc_actor_mailbox_depth{job="mc-service"})',
    to: '«max by (actor_type) (mc_actor_mailbox_depth{job="mc-servce"})',
  },
  {
    check: "matcher-fits-workload",
    file: "grafana/gc-overview.json",
    from: 'up{job=\\"gc-service\\"}',
    to: 'up{job=\\"«gcs-service\\"}',
  },
  {
    check: "matcher-fits-workload",
    file: board,
    from: 'container_memory_working_set_bytes{pod=~\\"mc-.*\\"}',
    to: 'container_memory_working_set_bytes{namespace=\\"dark-tower\\",pod=~\\"«media-.*\\"}',
    severity: "warning",
  },
  {
    check: "threshold-within-limit",
    file: mc,
    from: 'container_memory_working_set_bytes{namespace="dark-tower", container=~"mc|gc"}\n            > 900 * 1024 * 1024 # trap: a computed threshold',
    to: '«container_memory_working_set_bytes{namespace="dark-tower", container="mc"}\n            > 2e9',
  },
  { check: "command-object-exists", file: mcBook, from: "logs deployment/mc-0", to: "«logs deployment/mc-00" },
  { check: "command-object-exists", file: mcBook, from: "scale deploy/mc-1", to: "«scale deploy/mc-11" },
  {
    check: "command-object-exists",
    file: mcBook,
    from: "port-forward svc/gc-service 8080:80",
    to: "«port-forward svc/gc-service 8080:8080",
  },
  { check: "command-object-exists", file: gcBook, from: "kubectl -n dark-tower rollout", to: "«kubectl -n dark-towr rollout" },
  {
    check: "command-object-exists",
    file: gcBook,
    from: "port-forward deploy/gc-service 8080",
    to: "«port-forward deploy/gc-service 8081",
  },
  { check: "column-exists", file: mcBook, from: "last_heartbeat_at <", to: "«last_heartbeat <" },
  { check: "column-exists", file: mcBook, from: "a.ended_at IS NULL", to: "«a.closed_at IS NULL" },

  // What must not be told (ADR-0011)
  {
    check: "privacy-is-kept",
    file: gc,
    from: "labels: { severity: info, service: gc }\n        annotations: { summary",
    to: "labels: { severity: info, service: gc, user_email: «sre }\n        annotations: { summary",
  },
  { check: "privacy-is-kept", file: board, from: '"name": "n",', to: '"name": "n" }, { "name": "«participant_id",' },
  { check: "privacy-is-kept", file: gcBook, from: "[the second one]", to: "`curl api/users?meeting_id=1` «[the second one]" },
];
