import { problem, type Check } from "../check";

/** A ConfigMap that the sidecar does not look for shows nobody anything. */
export const dashboardIsLoaded: Check = {
  id: "dashboard-is-loaded",
  description: "A ConfigMap with a dashboard has the label by which the others here are picked up.",
  severity: "error",
  run: ({ files }) => {
    const holders = (files?.cluster.objects ?? []).filter(({ holdsDashboard }) => holdsDashboard);
    const label =
      holders.flatMap(({ labels }) => Object.keys(labels)).find((key) => /dashboard/.test(key)) ?? "grafana_dashboard";
    return holders
      .filter(({ labels }) => labels[label] === undefined)
      .map(({ subject }) => ({
        ...problem(
          subject,
          `holds a dashboard, but lacks the label ${label}, by which Grafana's sidecar finds it. Add \`${label}: "1"\`.`,
        ),
        severity: holders.some(({ labels }) => labels[label] !== undefined) ? ("error" as const) : ("warning" as const),
      }));
  },
};
