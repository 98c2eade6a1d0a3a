import { sloIsMeasurable } from "../../../core/checks/slo-is-measurable";
import { latencySlo } from "../../../core/model/slo";
import { deepAlert, metrics } from "./example";
import { testCheck } from "./rows";

const at = "services/ex/slos.ts ex-latency";
const slo = (change: { thresholdSeconds?: number; objective?: number }) => ({
  service: {
    slos: [
      latencySlo("ex-latency", {
        title: "L",
        histogram: metrics.latency,
        thresholdSeconds: 0.5,
        objective: 0.95,
        impact: "x",
        runbook: deepAlert.runbook,
        ...change,
      }),
    ],
  },
});

testCheck(sloIsMeasurable, {
  accepted: [
    { name: "a threshold that is a bucket", ...slo({}) },
    ...[0.94, 0.999, 0.999999].map((objective) => ({ name: `an objective of ${objective}`, ...slo({ objective }) })),
  ],
  reported: [
    {
      name: "a threshold between buckets",
      ...slo({ thresholdSeconds: 0.6 }),
      findings: [
        `${at}: 600 ms is no bucket of ex_latency_seconds, so nothing can be counted against it. It has 100 ms, 500 ms, 1 s.`,
      ],
    },
    {
      name: "a burn rate that can never be reached",
      ...slo({ objective: 0.9 }),
      findings: [
        `${at}: an objective of 0.9 can never burn 14.4 times too fast, since that would be 144 % of the events. Choose an objective above 0.9306.`,
      ],
    },
    ...[1, 0, -0, -1, NaN, Infinity, 100].map((objective) => ({
      name: `an objective of ${objective}`,
      ...slo({ objective }),
      findings: [`${at}: an objective of ${objective} leaves no error budget. Choose one above 0 and below 1.`],
    })),
    ...(
      [
        [99.9, 0.999],
        [95, 0.95],
        [1.5, 0.015],
      ] as const
    ).map(([objective, meant]) => ({
      name: `an objective in percent: ${objective}`,
      ...slo({ objective }),
      findings: [`${at}: an objective of ${objective} leaves no error budget. Choose one above 0 and below 1. Write ${meant}.`],
    })),
    ...[NaN, Infinity, 0, -1].map((thresholdSeconds) => ({
      name: `a threshold of ${thresholdSeconds}`,
      ...slo({ thresholdSeconds }),
      findings: [
        `${at}: ${thresholdSeconds} s is no bucket of ex_latency_seconds, so nothing can be counted against it. It has 100 ms, 500 ms, 1 s.`,
      ],
    })),
  ],
});
