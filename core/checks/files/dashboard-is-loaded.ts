import { problem, type Check } from "../check";

/** A ConfigMap that the sidecar does not look for shows nobody anything. */
export const dashboardIsLoaded: Check = {
  id: "dashboard-is-loaded",
  description: "A ConfigMap with a dashboard has the label by which the others here are picked up.",
  severity: "error",
  run: ({ files }) => {
    const holders = (files?.cluster.objects ?? []).filter(({ holdsDashboard }) => holdsDashboard);
    // Where none has a label, they are mounted.
    const label = holders.flatMap(({ labels }) => Object.keys(labels)).find((key) => key.includes("dashboard"));
    if (label === undefined) return [];
    return holders
      .filter(({ labels }) => labels[label] === undefined)
      .map(({ subject }) =>
        problem(subject, `holds a dashboard, but lacks the label ${label}, by which the sidecar finds the others. Add it.`),
      );
  },
};
