import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { pinQuery } from "../../../core/model/promql-pins";

const labels: Readonly<Record<string, readonly string[]>> = {
  m_a: ["job", "instance", "x"],
  m_b: ["job", "instance", "x"],
  kube_a: ["namespace", "pod"],
  "rec:x": ["x"],
  "rec:none": [],
  other: ["job"],
};

const pinned = (expr: string): string =>
  pinQuery(expr, {
    pinsOf: ({ metric }) => (metric === "other" ? [] : [{ label: "namespace", value: "b", insteadOf: ["a"] }]),
    isRecorded: (metric) => metric.startsWith("rec:"),
    labelsOf: (metric) => labels[metric],
  });

describe("a query of one installation", () => {
  const rows: readonly (readonly [name: string, expr: string, expected: string])[] = [
    ["asks for its label", 'sum by (x) (rate(m_a{x="1"}[5m]))', 'sum by (x) (rate(m_a{x="1",namespace="b"}[5m]))'],
    ["does so with Grafana's durations", "rate(m_a[$__rate_interval])", 'rate(m_a{namespace="b"}[$__rate_interval])'],
    ["has it once", 'm_a{namespace="b"}', 'm_a{namespace="b"}'],
    ["has it in place of the declared one", 'kube_a{namespace="a",pod=~"p"}', 'kube_a{namespace="b",pod=~"p"}'],
    ["and of a pattern that means the declared one", 'kube_a{namespace=~"a|c"}', 'kube_a{namespace="b"}'],
    ["has it beside a pattern that admits it", 'kube_a{namespace=~".+"}', 'kube_a{namespace=~".+",namespace="b"}'],
    ["and beside what a reader chooses", 'kube_a{namespace=~"$ns"}', 'kube_a{namespace=~"$ns",namespace="b"}'],
    ["leaves another namespace alone", 'kube_a{namespace="kube-system"}', 'kube_a{namespace="kube-system"}'],
    ["and every namespace but the declared", 'kube_a{namespace!="a"}', 'kube_a{namespace!="a"}'],
    ["keeps an exclusion of another one", 'kube_a{namespace!="c"}', 'kube_a{namespace!="c",namespace="b"}'],
    ["leaves what is of no installation", "other / m_a", 'other / m_a{namespace="b"}'],
    ["is left alone where it is no PromQL", "sum(m_a", "sum(m_a"],
    [
      "keeps strings that look like selectors",
      'label_replace(m_a, "x", "m_a{}", "", "")',
      'label_replace(m_a{namespace="b"}, "x", "m_a{}", "", "")',
    ],
  ];
  for (const [name, expr, expected] of rows) it(name, () => assert.equal(pinned(expr), expected));
});

describe("what is recorded of an installation, and carries its label", () => {
  const rows: readonly (readonly [name: string, expr: string, expected: string])[] = [
    ["meets its like", "rec:none / rec:none", 'rec:none{namespace="b"} / rec:none{namespace="b"}'],
    [
      "meets an aggregation that has lost the label",
      "rec:x / sum by (x) (m_a)",
      'rec:x{namespace="b"} / ignoring (namespace) sum by (x) (m_a{namespace="b"})',
    ],
    ["meets a number in a vector", "rec:none or vector(0)", 'rec:none{namespace="b"} or ignoring (namespace) vector(0)'],
    ["meets a number", "rec:none > 1", 'rec:none{namespace="b"} > 1'],
    ["meets what is matched on labels", "rec:x and on (x) m_a", 'rec:x{namespace="b"} and on (x) m_a{namespace="b"}'],
    [
      "meets what ignores labels already",
      "rec:x / ignoring (x) group_left sum(m_a)",
      'rec:x{namespace="b"} / ignoring (x, namespace) group_left sum(m_a{namespace="b"})',
    ],
    [
      "has lost the label once it was ignored",
      "(rec:x / sum by (x) (m_a)) > bool sum by (x) (m_b)",
      '(rec:x{namespace="b"} / ignoring (namespace) sum by (x) (m_a{namespace="b"})) > bool sum by (x) (m_b{namespace="b"})',
    ],
    ["is aggregated like everything else", "sum(rec:x) / sum(m_a)", 'sum(rec:x{namespace="b"}) / sum(m_a{namespace="b"})'],
    [
      "absent() invents the label, too",
      'sum by (x) (m_a) or absent(m_a{x="1"})',
      'sum by (x) (m_a{namespace="b"}) or ignoring (namespace) absent(m_a{x="1",namespace="b"})',
    ],
    ["series that always had it need nothing", "m_a / m_b", 'm_a{namespace="b"} / m_b{namespace="b"}'],
    ["nor does what never met", "m_a unless sum by (x) (m_b)", 'm_a{namespace="b"} unless sum by (x) (m_b{namespace="b"})'],
  ];
  for (const [name, expr, expected] of rows) it(name, () => assert.equal(pinned(expr), expected));
});
