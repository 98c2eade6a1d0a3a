import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { metricsBehind } from "../../../core/model/metrics-behind";
import { indexOf, sectionKey } from "../../../core/model/model";
import { queryOf } from "../../../core/model/query";
import { recordingRule } from "../../../core/model/recording-rule";
import { deepAlert, depthPanel, exampleModel, metrics, p95 } from "../checks/example";

const rules = [
  p95,
  recordingRule("a:b:max", { query: queryOf("max by (actor_type) (a:b:sum)") }),
  recordingRule("a:b:sum", { query: queryOf("sum by (actor_type, job) (ex_depth)") }),
  recordingRule("a:b:self", { query: queryOf("max(a:b:self) + max(ex_depth)") }),
  recordingRule("a:b:broken", { query: queryOf("max(") }),
];
const model = exampleModel({ service: { recordingRules: rules } });
const index = indexOf(model);

describe("the index of a model", () => {
  it("is made once", () => {
    assert.equal(indexOf(model), index);
  });

  it("knows a histogram by its series and by its name, but not as a series of its own", () => {
    const series = ["ex_latency_seconds", "ex_latency_seconds_bucket", "ex_latency_seconds_count", "ex_latency_seconds_sum"];
    assert.deepEqual(
      series.filter((name) => index.series.has(name)),
      series.slice(1),
    );
    assert.equal(index.metricsByName.get("ex_latency_seconds"), metrics.latency);
  });

  it("gives a series its own labels, its target's, and le to buckets", () => {
    assert.deepEqual(index.labelsOf("ex_depth"), ["actor_type", "job", "instance"]);
    assert.deepEqual(index.labelsOf("ex_latency_seconds_bucket"), ["status", "job", "instance", "le"]);
    assert.deepEqual(index.labelsOf("ex_latency_seconds_sum"), ["status", "job", "instance"]);
    assert.deepEqual(index.labelsOf("up"), ["job", "instance"]);
    assert.equal(index.labelsOf("unknown"), undefined);
  });

  it("gives a recording rule what its query keeps, through other rules", () => {
    assert.deepEqual(index.labelsOf("a:b:max"), ["actor_type"]);
    assert.deepEqual(index.labelsOf("a:b:sum"), ["actor_type", "job"]);
    assert.equal(index.labelsOf("a:b:broken"), undefined);
  });

  it("ends at a recording rule over itself", () => {
    assert.deepEqual(index.labelsOf("a:b:self"), []);
    assert.deepEqual([...metricsBehind("a:b:self", index)], [metrics.depth]);
  });

  it("finds panels, alerts and sections by what texts call them", () => {
    assert.equal(index.panels.get("ex-overview/depth"), depthPanel);
    assert.deepEqual(
      index.alertsByPanel.get(depthPanel)?.map(({ name }) => name),
      ["EXDeep"],
    );
    assert.deepEqual(
      index.alertsBySection.get(sectionKey(deepAlert.runbook))?.map(({ name }) => name),
      ["EXDeep"],
    );
    assert.equal(index.serviceOf.get("EXDeep"), model.services[0]);
    assert.equal(index.documents.get("ex/incident-response.md"), model.runbooks[0]);
  });
});

describe("metricsBehind", () => {
  it("sees through recording rules and histogram series", () => {
    const behind = (expr: string) => [...metricsBehind(expr, index)].map(({ name }) => name).sort();
    assert.deepEqual(behind("a:b:max > 1 and on () up == 1"), ["ex_depth", "up"]);
    assert.deepEqual(behind(p95.name), ["ex_latency_seconds"]);
    assert.deepEqual(behind("no promql at all"), []);
  });
});
