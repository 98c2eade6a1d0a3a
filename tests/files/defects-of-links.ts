import { places, type Defect } from "./defect";

const { mc, gc, ac, board, mcBook, gcBook } = places;

/** What is wrong with links, anchors, and names that stand in for them. */
export const defectsOfLinks: readonly Defect[] = [
  // The chain: links, anchors, dashboards
  {
    check: "anchor-exists",
    file: mc,
    from: "docs/runbooks/mc.md#scenario-1-high-mailbox-depth # trap",
    to: "docs/runbooks/mc.md#«scenario-1-high-mailbox-dept # trap",
  },
  {
    check: "anchor-exists",
    file: gc,
    from: "https://github.com/acme/ops/blob/main/docs/runbooks/gc.md#scenario-3-slow",
    to: "https://github.com/acme/ops/blob/main/docs/runbooks/gc.md#«scenario-three-slow",
  },
  {
    check: "anchor-exists",
    file: ac,
    from: "https://wiki.acme.example/docs/runbooks/ac#no-keys",
    to: "https://wiki.acme.example/«docs/runbooks/acc#no-keys",
  },
  { check: "link-exists", file: mcBook, from: "[index](README.md)", to: "«[index](READNE.md)" },
  { check: "link-exists", file: gcBook, from: "(mc.md#scenario-1-high-mailbox-depth)", to: "«(mc.md#scenario-1)" },
  { check: "link-exists", file: "docs/runbooks/README.md", from: "[AC](ac.md#token-errors)", to: "«[AC](ac.md#token-error)" },
  { check: "link-exists", file: gcBook, from: "(#symptoms-1)", to: "«(#symptoms-2)" },
  { check: "link-exists", file: "docs/runbooks/README.md", from: "(../metrics/ac.md)", to: "«(../metric/ac.md)" },
  {
    check: "dashboard-link-exists",
    file: mc,
    from: "https://grafana.acme.example/d/mc-overview/mc?viewPanel=2&from=now-1h",
    to: "https://grafana.acme.example/d/«mc-overvew/mc?viewPanel=2&from=now-1h",
  },
  {
    check: "dashboard-link-exists",
    file: gc,
    from: 'gc-overview\n          __panelId__: "1"',
    to: '«gc-overview\n          __panelId__: "17"',
  },
  { check: "dashboard-link-exists", file: board, from: "/d/gc-overview/gc", to: "/d/«gc-overviews/gc" },
  {
    check: "dashboard-link-exists",
    file: board,
    from: "/d/gc-overview?viewPanel=panel-2",
    to: "/d/«gc-overview?viewPanel=panel-20",
  },
  { check: "dashboard-link-exists", file: mcBook, from: "orgId=1&viewPanel=2", to: "«orgId=1&viewPanel=99" },
  { check: "alert-name-exists", file: "alertmanager/alertmanager.yml", from: 'alertname="GCDown"', to: 'alertname="«GCDwn"' },
  {
    check: "alert-name-exists",
    file: "alertmanager/alertmanager.yml",
    from: "MCHeartbeatErrors|MCNoJoins",
    to: "MCHeartbeatErrors|«MCNoJoin",
  },
  {
    check: "alert-name-exists",
    file: mcBook,
    from: 'ALERTS{alertname="MCHeartbeatErrors"',
    to: '«ALERTS{alertname="MCHeartbeatErrs"',
  },
  { check: "alert-name-exists", file: mc, from: "see `MCJoinErrors`", to: "see `«MCJoinErors`", severity: "warning" },
  {
    check: "section-lists-its-alerts",
    file: mcBook,
    from: "`MCJoinErrors`, `MCNoJoins`",
    to: "«`MCJoinErrors`, `MCNoJoins`, `MCDropped`",
  },
  { check: "section-lists-its-alerts", file: gcBook, from: "`GCNoControllers`, `GCRejected`", to: "«`GCNoControllers`" },
  { check: "severity-agrees", file: gcBook, from: "- Severity: `page`", to: "«- Severity: `warning`" },
  { check: "severity-agrees", file: mcBook, from: "Severity: page\n\n| | |", to: "«Severity: info\n\n| | |" },
];
