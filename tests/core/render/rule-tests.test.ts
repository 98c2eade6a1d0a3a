import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Alert } from "../../../core/model/alert";
import { fires, quiet, series } from "../../../core/model/example";
import { indexOf } from "../../../core/model/model";
import { panelNumber } from "../../../core/model/panel";
import { renderRuleTests } from "../../../core/render/rule-tests";
import { platform } from "../../../core/model/standard/platform";
import { deepAlert, exampleModel, metrics, p95, type Change } from "../checks/example";
import { environment } from "./environment";

const meeting = { actor_type: "Meeting" } as const;
const input = [series(metrics.depth, meeting, "101x10"), series(platform.up, { job: "other" }, "1x10")];

describe("the rule tests of a service", () => {
  const examples: Alert["examples"] = [
    fires({ input, at: "5m", labels: meeting, value: 101 }),
    quiet("nothing waits", { input: [], until: "20m" }),
  ];

  it("are a file that loads the service's rules and evaluates them in order", () => {
    const [suite, ...others] = suites({ alert: { examples } });
    assert.deepEqual(others, []);
    assert.equal(suite?.name, "ex-EXDeep-1m");
    assert.deepEqual(
      suite.rules.groups.map(({ name }) => name),
      ["ex-recording", "ex-row"],
    );
    const { tests: _tests, ...head } = suite.tests;
    assert.deepEqual(head, {
      rule_files: ["ex-EXDeep-1m.rules.yaml"],
      evaluation_interval: "1m",
      group_eval_order: ["ex-recording", "ex-row"],
    });
  });

  it("expect an alert at its minute, with its labels and annotations, and not the minute before", () => {
    assert.deepEqual(tests(examples)[0], {
      name: "EXDeep fires at 5m",
      interval: "1m",
      input_series: [
        { series: 'ex_depth{job="ex-service", instance="ex-0", actor_type="Meeting"}', values: "101x10" },
        { series: 'up{job="other"}', values: "1x10" },
      ],
      alert_rule_test: [
        { alertname: "EXDeep", eval_time: "240s", exp_alerts: [] },
        {
          alertname: "EXDeep",
          eval_time: "300s",
          exp_alerts: [
            {
              exp_labels: { actor_type: "Meeting", severity: "warning", service: "ex", namespace: "monitoring" },
              exp_annotations: {
                summary: "Meeting holds 101",
                description: 'Fires when it is above 100 for 5m (now 101). Seen on the dashboard "EX overview", panel "Depth".',
                impact: "Delays.",
                runbook_url: "https://runbooks.example.com/ex/incident-response.md#scenario-1-deep-mailboxes",
                dashboard_url: `https://grafana.example.com/d/ex-overview?from=now-1h&to=now&viewPanel=${panelNumber("depth")}`,
              },
            },
          ],
        },
      ],
    });
  });

  it("look at a quiet example at ten moments, the last one included", () => {
    const quietTest = tests(examples)[1];
    assert.equal(quietTest?.name, "EXDeep is quiet: nothing waits");
    assert.deepEqual(
      quietTest.alert_rule_test.map(({ eval_time, exp_alerts }) => [eval_time, exp_alerts.length]),
      [120, 240, 360, 480, 600, 720, 840, 960, 1080, 1200].map((seconds) => [`${seconds}s`, 0]),
    );
  });

  it("look at a short quiet example once a minute", () => {
    const [test] = tests([quiet("it is short", { input: [], until: "3m" })]);
    assert.deepEqual(
      test?.alert_rule_test.map(({ eval_time }) => eval_time),
      ["0s", "60s", "120s", "180s"],
    );
  });

  it("expect an alert that fires at once to have no minute before, and to end when the example says so", () => {
    const [test] = tests([fires({ input, at: "0m", labels: meeting, value: 101, resolvedBy: "9m" })]);
    assert.deepEqual(
      test?.alert_rule_test.map(({ eval_time, exp_alerts }) => [eval_time, exp_alerts.length]),
      [
        ["0s", 1],
        ["540s", 0],
      ],
    );
  });

  it("are a file for each evaluation interval, and for each rule group that alerts have of their own", () => {
    const own: Alert = {
      ...deepAlert,
      name: "EXBurn",
      group: "slo",
      examples: [quiet("x", { every: "5m", input: [], until: "50m" })],
    };
    const slow = quiet("slowly", { every: "2m", input: [], until: "20m" });
    const rules = { recordingRules: [p95, { ...p95, name: "a:b:c", group: "slo" }] };
    const all = suites({ alert: { examples: [...examples, slow] }, alerts: [own], service: rules });
    assert.deepEqual(
      all.map(({ name, rules: loaded, tests: file }) => [name, loaded.groups.map((group) => group.name), file.tests.length]),
      [
        ["ex-EXDeep-1m", ["ex-recording", "ex-row"], 2],
        ["ex-EXDeep-2m", ["ex-recording", "ex-row"], 1],
        ["ex-slo-5m", ["ex-slo"], 1],
      ],
    );
  });
});

function suites(change: Change) {
  const model = exampleModel(change);
  const [service] = model.services;
  assert.ok(service);
  return renderRuleTests(service, indexOf(model), environment);
}

function tests(examples: Alert["examples"]) {
  return suites({ alert: { examples } }).flatMap((suite) => suite.tests.tests);
}
