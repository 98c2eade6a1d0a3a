import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { parse } from "yaml";
import { readAlerting } from "../../../core/load/alerting";
import { alertingAgrees } from "../../../core/running/alerting-agrees";
import { prometheusOf, said } from "./situation";

const subject = { file: "alertmanager.yml" };

function alertingOf(yaml: string) {
  const { inhibitions, routes, receivers } = readAlerting(parse(yaml));
  const placed = <T extends object>(one: T) => ({ ...one, subject });
  return { inhibitions: inhibitions.map(placed), routes: routes.map(placed), receivers: receivers.map(placed) };
}

const declared = `
route: { receiver: chat, routes: [{ matchers: ['severity="page"'], receiver: pager }] }
inhibit_rules: [{ source_matchers: ['alertname="Gone"'], target_matchers: ['alertname=~"Slow|Fails"'], equal: [job] }]
receivers: [{ name: chat }, { name: pager }]`;

describe("alerting-agrees", () => {
  const says = (yaml: string): readonly string[] =>
    said(
      alertingAgrees,
      { alerting: alertingOf(declared) },
      { alertmanager: { server: "http://alertmanager", alerting: { data: readAlerting(parse(yaml)) } } },
    );

  const anew = "Load its configuration anew.";
  const missing = `alertmanager.yml: Alertmanager has no inhibition by which {alertname="Gone"} silences {alertname=~"Slow|Fails"} where job is equal.`;
  const reported: readonly (readonly [what: string, running: string, told: readonly string[]])[] = [
    ["an inhibition that is not there", declared.replace(/inhibit_rules.*/, ""), [`${missing} ${anew}`]],
    [
      "one that compares other labels",
      declared.replace("equal: [job]", "equal: [instance]"),
      [`${missing} It has one with equal: instance. ${anew}`],
    ],
    ["one that silences fewer alerts", declared.replace("Slow|Fails", "Slow"), [`${missing} ${anew}`]],
    [
      "a route that goes elsewhere",
      declared.replace("receiver: pager", "receiver: chat"),
      [`alertmanager.yml: alerts with {severity="page"} are to go to "pager", and in Alertmanager they go to "chat". ${anew}`],
    ],
    [
      "a route and a receiver that are not there",
      declared.replace(/, routes: .*/, " }").replace(", { name: pager }", ""),
      [
        `alertmanager.yml: Alertmanager has no receiver "pager". ${anew}`,
        `alertmanager.yml: alerts with {severity="page"} are to go to "pager", and in Alertmanager no route has these matchers. ${anew}`,
      ],
    ],
  ];
  for (const [what, running, told] of reported) it(`reports ${what}`, () => assert.deepEqual(says(running), told));

  const silent: readonly (readonly [what: string, running: string])[] = [
    ["the same", declared],
    [
      "the same in the old way of writing, in another order",
      `
route: { receiver: chat, routes: [{ match: { severity: page }, receiver: pager }] }
inhibit_rules: [{ source_match: { alertname: Gone }, target_match_re: { alertname: Fails|Slow }, equal: [job] }]
receivers: [{ name: pager }, { name: chat }]`,
    ],
    [
      "what the Prometheus operator makes of it, beside what is somebody else's",
      `
route: { receiver: "null", routes: [{ matchers: ['namespace="ops"'], receiver: ops/shop/chat, routes: [{ matchers: ['severity="page"'], receiver: ops/shop/pager }] }, { receiver: theirs }, { receiver: chat }] }
inhibit_rules:
  - { source_matchers: ['alertname="Theirs"'], target_matchers: ['a!="b"'] }
  - { source_matchers: ['alertname="Gone"', 'namespace="ops"'], target_matchers: ['{alertname=~"Slow|Fails",namespace="ops"}'], equal: [job] }
receivers: [{ name: theirs }, { name: ops/shop/chat }, { name: ops/shop/pager }, { name: chat }]`,
    ],
  ];
  for (const [what, running] of silent) it(`is silent about ${what}`, () => assert.deepEqual(says(running), []));

  it("reports a Prometheus that tells no Alertmanager, where one was asked", () => {
    const alertmanager = { server: "http://alertmanager", alerting: { cannotTell: "HTTP 500" } };
    const alone = prometheusOf({}, { alertmanagers: { data: [] } });
    assert.deepEqual(said(alertingAgrees, {}, { ...alone, alertmanager }), [
      "chain.yaml: Prometheus sends its alerts to no Alertmanager: nobody is told of any. Configure `alerting`.",
    ]);
    assert.deepEqual(said(alertingAgrees, {}, alone), []);
    assert.deepEqual(said(alertingAgrees, {}, { ...prometheusOf({}), alertmanager }), []);
  });
});
