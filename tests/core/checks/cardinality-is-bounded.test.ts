import { cardinalityIsBounded } from "../../../core/checks/cardinality-is-bounded";
import { counter, type Labels } from "../../../core/model/metric";
import { testCheck } from "./rows";

const of = (labels: Labels, reason?: string) => ({
  extra: counter("ex_extra_total", { unit: "x", help: "x", labels, ...(reason !== undefined && { reason }) }),
});

testCheck(cardinalityIsBounded, {
  accepted: [
    { name: "10 by 10 by 10", metrics: of({ a: { atMost: 10 }, b: { atMost: 10 }, c: { atMost: 10 } }) },
    { name: "more, with a reason beside it", metrics: of({ a: { atMost: 50 } }, "One a region; the list is fixed.") },
  ],
  reported: [
    {
      name: "a label with 11 values",
      metrics: of({ a: { atMost: 11 } }),
      findings: [
        'services/ex/metrics.ts ex_extra_total: the label "a" has 11 values; the cap is 10. Bound it, or write the reason beside the metric.',
      ],
    },
    {
      name: "too many combinations",
      metrics: of({ a: { atMost: 10 }, b: { atMost: 10 }, c: { atMost: 10 }, d: ["x", "y"] }),
      findings: [
        "services/ex/metrics.ts ex_extra_total: has 2000 label combinations; the cap is 1000. Drop a label, or write the reason beside the metric.",
      ],
    },
  ],
});
