import { places, type Defect } from "./defect";
import { defectsOfLinks } from "./defects-of-links";
import { defectsOfPlaces } from "./defects-of-places";

const { mc, gc, ac, board, mcBook, gcBook } = places;

/** Defects that do not touch each other: all of them at once give just their findings. */
export const defects: readonly Defect[] = [
  ...defectsOfLinks,

  // Queries: metrics, labels, values, types
  { check: "metric-is-declared", file: mc, from: "(mc_actor_mailbox_depth) > 100", to: "(«mc_actor_mailbox_size) > 100" },
  { check: "metric-is-declared", file: ac, from: "ac_keys_loaded == 0", to: "«ac_key_loaded == 0" },
  { check: "metric-is-declared", file: gc, from: "expr: gc_queue_length > 100", to: "expr: «gc_queue_size > 100" },
  { check: "metric-is-declared", file: board, from: '"sum(mc_meetings_active)"', to: '"sum(«mc_meetings_activ)"' },
  { check: "metric-is-declared", file: mcBook, from: "topk(3, mc_actor_mailbox_depth)", to: "«topk(3, mc_actor_mailbox_dept)" },
  { check: "metric-is-declared", file: mcBook, from: "query=sum(mc_meetings_active)'", to: "«query=sum(mc_meeting_active)'" },
  {
    check: "metric-is-declared",
    file: gc,
    from: 'kube_deployment_status_replicas_available{deployment="gc-service", names',
    to: '«kube_deployment_replicas_available{deployment="gc-service", names',
    severity: "warning",
  },
  {
    check: "metric-is-declared",
    file: board,
    from: "mc_session_join_duration_seconds_bucket",
    to: "«mc_session_join_seconds_bucket",
  },
  {
    check: "metric-is-declared",
    file: gcBook,
    from: "histogram_quantile(0.95,\n  sum by (le, endpoint) (rate(gc_http_request_duration_seconds_bucket",
    to: "«histogram_quantile(0.95,\n  sum by (le, endpoint) (rate(gc_http_request_seconds_bucket",
  },
  { check: "metric-is-emitted", file: "grafana/gc-overview.json", from: '"gc_queue_length"', to: '"«gc_fake_total"' },
  { check: "command-metric-exists", file: mcBook, from: "grep mc_actor_mailbox_depth", to: "«grep mc_actor_mailbox_depht" },
  { check: "command-metric-exists", file: mcBook, from: "grep '^mc_actor_'", to: "«grep '^mc_actors_'" },
  {
    check: "command-metric-exists",
    file: mcBook,
    from: 'mc_session_joins_total|mc_meetings_active"',
    to: '«mc_session_joins_totals|mc_meetings_active"',
  },
  {
    check: "label-is-declared",
    file: gc,
    from: "sum by (controller_type) (gc_reg",
    to: "sum by (controller_type, «controller) (gc_reg",
    severity: "warning",
  },
  {
    check: "label-is-declared",
    file: mc,
    from: "mc_gc_heartbeat_total{status!=",
    to: "mc_gc_heartbeat_total{«state!=",
    severity: "warning",
  },
  {
    check: "label-is-declared",
    file: "prometheus/rules/recording.yaml",
    from: 'rate5m{status="failure"}',
    to: 'rate5m{«state="failure"}',
  },
  {
    check: "label-is-declared",
    file: board,
    from: "sum by (status) (rate(mc_gc_heartbeat_total",
    to: "sum by («statuses) (rate(mc_gc_heartbeat_total",
    severity: "warning",
  },
  {
    check: "label-is-declared",
    file: gcBook,
    from: 'curl -sG "$PROM/api/v1/query" --data-urlencode "query=sum by (endpoint)',
    to: '«curl -sG "$PROM/api/v1/query" --data-urlencode "query=sum by (endpoints)',
    severity: "warning",
  },
  {
    check: "label-value-is-declared",
    file: ac,
    from: 'ac_tokens_issued_total{status="error"}',
    to: 'ac_tokens_issued_total{status="«failed"}',
  },
  { check: "label-value-is-declared", file: "grafana/ac-v2.json", from: 'tier=~\\"$tier\\"', to: 'tier=~\\"«disk\\"' },
  { check: "label-value-is-declared", file: "deploy/dashboard-ac.yaml", from: 'tier=\\"memory\\"', to: 'tier=\\"«disk\\"' },
  {
    check: "query-is-promql",
    file: mc,
    from: "sum by (reason, actor_type) (increase(mc_messages_dropped_total[1h])) > 10",
    to: "sum by (reason, actor_type) («increase(mc_messages_dropped_total)) > 10",
  },
  {
    check: "query-is-promql",
    file: mc,
    from: "expr: sum by (namespace, pod, container) (rate(",
    to: "expr: sum by (namespace, pod, container) «rate((",
  },
  {
    check: "query-type-fits",
    file: board,
    from: 'max by (actor_type) (mc_actor_mailbox_depth{actor_type=~\\"$actor\\"})',
    to: 'max by (actor_type) (rate(«mc_actor_mailbox_depth{actor_type=~\\"$actor\\"}[5m]))',
  },
  {
    check: "query-type-fits",
    file: ac,
    from: "histogram_quantile(0.99, sum by (le, algorithm) (rate(ac_sign",
    to: "«histogram_quantile(0.99, sum by (algorithm) (rate(ac_sign",
  },
  {
    check: "histogram-is-read",
    file: "grafana/gc-overview.json",
    from: '"gc_queue_length"',
    to: '"«histogram_sum(gc_queue_length)"',
  },
  {
    check: "query-type-fits",
    file: "grafana/gc-overview.json",
    from: "sum by (endpoint) (rate(gc_http_requests_total[5m]))",
    to: "sum by (endpoint) (delta(«gc_http_requests_total[5m]))",
  },
  {
    check: "vector-matching-is-valid",
    file: gc,
    from: 'sum(rate(gc_mc_assignments_total{rejection_reason!="none"}[5m]))\n            / sum(rate(gc_mc_assignments_total[5m])) > 0.05',
    to: 'sum(rate(gc_mc_assignments_total{rejection_reason!="none"}[5m]))\n            «/ sum by (status) (rate(gc_mc_assignments_total[5m])) > 0.05',
  },
  {
    check: "rate-meets-rate",
    file: "grafana/gc-overview.json",
    from: "sum by (status) (rate(gc_mc_assignments_total[5m])) / on () group_left () sum(rate(gc_mc",
    to: "sum by (status) («rate(gc_mc_assignments_total[5m])) / on () group_left () sum(increase(gc_mc",
  },
  {
    check: "rate-meets-rate",
    file: mc,
    from: 'sum by (instance) (rate(mc_gc_heartbeat_total{status!="success"}[5m]))\n          / sum by (instance) (rate(mc_gc_heartbeat_total[5m]))',
    to: 'sum by (instance) («rate(mc_gc_heartbeat_total{status!="success"}[5m]))\n          / sum by (instance) (increase(mc_gc_heartbeat_total[5m]))',
  },
  {
    check: "window-holds-samples",
    file: board,
    from: 'sum by (pod) (rate(container_cpu_usage_seconds_total{namespace=\\"dark-tower\\",container=\\"mc\\"}[5m]))',
    to: '«sum by (pod) (rate(container_cpu_usage_seconds_total{namespace=\\"dark-tower\\",container=\\"mc\\"}[30s]))',
  },

  // Annotations
  {
    check: "annotation-label-is-kept",
    file: mc,
    from: 'Mailbox of {{ $labels.actor_type }} holds {{ $value }}"\n          runbook_url: docs/runbooks/mc.md#scenario-1-high-mailbox-depth\n',
    to: 'Mailbox of {{ $labels.«actor }} holds {{ $value }}"\n          runbook_url: docs/runbooks/mc.md#scenario-1-high-mailbox-depth\n',
  },
  { check: "annotation-label-is-kept", file: ac, from: "of {{ $labels.grant }} fail", to: "of {{ $labels.«status }} fail" },
  { check: "annotation-label-is-kept", file: gc, from: "No {{ $labels.job }} answers", to: "No {{ $labels.«jobs }} answers" },
  { check: "template-expands", file: mc, from: "{{ $labels.actor_type }} panicked", to: "{{ «$label.actor_type }} panicked" },
  { check: "template-expands", file: gc, from: "$labels.controller_type | toUpper", to: "$labels.controller_type | «toUper" },
  {
    check: "template-expands",
    file: mc,
    from: '"See {{ with $labels.pod }}pod {{ . }}{{ else }}the target{{ end }}."',
    to: '"«See {{ with $labels.pod }}pod {{ . }}{{ else }}the target."',
  },
  {
    check: "template-expands",
    file: gc,
    from: '\'{{ reReplaceAll "a" "b" "aa" }} {{ $externalLabels.cluster }}\'',
    to: '\'«{{ reReplaceAll "a" "b" "aa" }} {{ $externalLabels.cluster }\'',
  },
  {
    check: "units-agree",
    file: mc,
    from: '"{{ $value | humanizePercentage }} of heartbeats',
    to: '"{{ $value }}«% of heartbeats',
    severity: "warning",
  },
  {
    check: "runbook-is-given",
    file: mc,
    from: '      - alert: MCDropped\n        expr: sum by (reason, actor_type) (increase(mc_messages_dropped_total[1h])) > 10\n        labels: { severity: warning, service: mc }\n        annotations:\n          summary: "{{ $value }} messages per hour are dropped: {{ $labels.reason }}" # trap: increase over an hour is per hour\n          runbook_url',
    to: '      - «alert: MCDropped\n        expr: sum by (reason, actor_type) (increase(mc_messages_dropped_total[1h])) > 10\n        labels: { severity: warning, service: mc }\n        annotations:\n          summary: "{{ $value }} messages per hour are dropped: {{ $labels.reason }}" # trap: increase over an hour is per hour\n          runbok',
    severity: "warning",
  },
  { check: "rule-is-whole", file: gc, from: "keep_firing_for: 5m", to: "keep_fire_for: «5m" },
  { check: "rule-is-whole", file: gc, from: "for: 2m", to: "for: «2 minutes" },
  { check: "rule-is-whole", file: mc, from: "for: 10m", to: "fort: «10m" },
  { check: "rule-is-whole", file: "prometheus/rules/recording.yaml", from: "interval: 1m", to: "interval: «1 m" },
  {
    check: "rule-is-whole",
    file: "prometheus/rules/recording.yaml",
    from: "- record: job:mc_session_joins:rate5m\n",
    to: "- «record: job:mc_session_joins:rate5m\n        for: 5m\n",
  },
  {
    check: "rule-is-unique",
    file: "prometheus/rules/recording.yaml",
    from: "      - record: gc:latency:p95\n        expr: histogram_quantile(0.95, sum by (le) (rate(gc_http_request_duration_seconds_bucket[1h])))\n        labels: { window: 1h }",
    to: "      - «record: gc:latency:p95\n        expr: histogram_quantile(0.95, sum by (le) (rate(gc_http_request_duration_seconds_bucket[5m])))\n        labels: { window: 5m }",
  },
  ...defectsOfPlaces,
];
