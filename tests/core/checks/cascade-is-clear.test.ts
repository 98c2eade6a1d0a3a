import { cascadeIsClear } from "../../../core/checks/cascade-is-clear";
import type { Alert } from "../../../core/model/alert";
import { queryOf } from "../../../core/model/query";
import { deepAlert, exampleModel } from "./example";
import { testCheck } from "./rows";

const at = "services/cascades.ts";
const other = { ...deepAlert, name: "EXOther" };
const third = { ...deepAlert, name: "EXThird" };
const foreign = { ...deepAlert, name: "FODown" };
const [ex] = exampleModel({ alerts: [other] }).services;
const services = ex ? [ex, { ...ex, id: "fo", alerts: [foreign] }] : [];
const cascade = (upstream: typeof other, downstream: typeof other, equal: readonly string[] = []) => ({
  upstream,
  downstream: [downstream],
  equal,
  reason: "x",
});

/** The example's alert as the consequence of another one, which are equal in some labels. */
function comparing(above: Partial<Alert>, below: Partial<Alert>, equal: readonly string[]) {
  const upstream = { ...other, ...above };
  const downstream = { ...deepAlert, ...below };
  return { alert: below, alerts: [upstream], model: { cascades: [cascade(upstream, downstream, equal)] } };
}

function onDepth(types: string): Partial<Alert> {
  return { when: { expression: queryOf(`ex_depth{actor_type=~"${types}"} > 100`), trigger: "it is deep" } };
}

/** A service that leans on another, and the most urgent alert of each. */
const leaning = (own: typeof other.severity, above: typeof other.severity, more: object = {}) => {
  const [service, upstream] = services.map((one, index) => ({
    ...one,
    alerts: one.alerts.map((alert) => ({ ...alert, severity: index === 0 ? own : above })),
  }));
  if (!service || !upstream) throw new Error("There are two services.");
  const dependencies = [{ service, upstream, reason: "x", seenBy: [], step: "x" }];
  return { model: { services: [service, upstream], dependencies, ...more } };
};

testCheck(cascadeIsClear, {
  accepted: [
    { name: "services that page, with a cascade", ...leaning("page", "page", { cascades: [cascade(foreign, deepAlert)] }) },
    {
      name: "services that page, with a hint",
      ...leaning("page", "page", { cascades: [{ ...cascade(foreign, deepAlert), hintOnly: true }] }),
    },
    { name: "a service that pages nobody", ...leaning("warning", "page") },
    { name: "an upstream that pages nobody", ...leaning("page", "warning") },
    {
      name: "a cascade on a label that both carry",
      alerts: [other],
      model: { cascades: [cascade(deepAlert, other, ["actor_type"])] },
    },
    ...(
      [
        ["the severity and the service, which the rule sets", {}, {}, ["severity", "service", "namespace"]],
        ["an own label of both", { labels: { team: "core" } }, { labels: { team: "core" } }, ["team"]],
        [
          "an own label that prints one",
          { labels: { team: "{{ $labels.actor_type }}" } },
          { labels: { team: "core" } },
          ["team"],
        ],
        ["values that both can have", onDepth("Meeting"), onDepth("Meeting|Connection"), ["actor_type"]],
        ["a label of unknown values", onDepth("Meeting"), onDepth("Connection"), ["instance"]],
      ] as const
    ).map(([name, above, below, equal]) => ({ name, ...comparing(above, below, equal) })),
    {
      name: "a chain of three",
      alerts: [other, third],
      model: { cascades: [cascade(deepAlert, other), cascade(other, third), cascade(deepAlert, third)] },
    },
    {
      name: "a cascade along a dependency",
      model: {
        services,
        cascades: [cascade(foreign, deepAlert)],
        dependencies:
          services[0] && services[1] ? [{ service: services[0], upstream: services[1], reason: "x", seenBy: [], step: "x" }] : [],
      },
    },
  ],
  reported: [
    ...(
      [
        ["severity", { severity: "page" }, { severity: "warning" }, "page on EXOther and warning on EXDeep"],
        ["alertname", {}, {}, "EXOther on EXOther and EXDeep on EXDeep"],
        ["team", { labels: { team: "core" } }, { labels: { team: "web" } }, "core on EXOther and web on EXDeep"],
        ["actor_type", onDepth("Meeting"), onDepth("Connection"), "Meeting on EXOther and Connection on EXDeep"],
      ] as const
    ).map(([label, above, below, found]) => ({
      name: `a ${label} that is never equal`,
      ...comparing(above, below, [label]),
      findings: [`${at} EXOther: compares the label "${label}", which is ${found}: it silences nothing.`],
    })),
    {
      name: "services that page for one failure, each for itself",
      ...leaning("page", "page", { cascades: [cascade(deepAlert, other)] }),
      findings: [
        `${at} ex: leans on fo, and both page, but no alert of fo explains one of ex: one failure pages twice. Add a cascade; with hintOnly where both are to page.`,
      ],
    },
    {
      name: "two alerts that blame each other",
      alerts: [other],
      model: { cascades: [cascade(deepAlert, other), cascade(other, deepAlert)] },
      findings: [
        `${at} EXDeep: explains EXOther, which explains it in turn: both pages would be silenced. Decide which one is to blame.`,
        `${at} EXOther: explains EXDeep, which explains it in turn: both pages would be silenced. Decide which one is to blame.`,
      ],
    },
    {
      name: "an alert that blames itself",
      model: { cascades: [cascade(deepAlert, deepAlert)] },
      findings: [
        `${at} EXDeep: explains EXDeep, which explains it in turn: both pages would be silenced. Decide which one is to blame.`,
      ],
    },
    {
      name: "a circle of three",
      alerts: [other, third],
      model: { cascades: [cascade(deepAlert, other), cascade(other, third), cascade(third, deepAlert)] },
      findings: [
        ["EXDeep", "EXOther"],
        ["EXOther", "EXThird"],
        ["EXThird", "EXDeep"],
      ].map(
        ([above, below]) =>
          `${at} ${above ?? ""}: explains ${below ?? ""}, which explains it in turn: both pages would be silenced. Decide which one is to blame.`,
      ),
    },
    {
      name: "an alert that no service has",
      model: { cascades: [cascade(other, deepAlert)] },
      findings: [
        `${at} EXOther: names EXOther, an alert that no service has. Add it to the alerts of its service, or drop it here.`,
      ],
    },
    {
      name: "a cascade without consequences",
      model: { cascades: [{ upstream: deepAlert, downstream: [], reason: "x" }] },
      findings: [`${at} EXDeep: explains no alert. Name some, or drop the cascade.`],
    },
    {
      name: "a label that one side does not carry",
      alerts: [other],
      model: { cascades: [cascade(deepAlert, other, ["instance"])] },
      findings: [
        `${at} EXDeep: compares the label "instance", which EXDeep does not carry: the inhibition would match alerts that have nothing in common.`,
        `${at} EXDeep: compares the label "instance", which EXOther does not carry: the inhibition would match alerts that have nothing in common.`,
      ],
    },
    {
      name: "blame without a dependency",
      model: { services, cascades: [cascade(foreign, deepAlert)] },
      findings: [`${at} FODown: explains EXDeep, but ex declares no dependency on fo. Declare it, or drop the cascade.`],
    },
  ],
});
