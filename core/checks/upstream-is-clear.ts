import { serviceDependencies } from "../model/dependency";
import { didYouMean } from "../model/suggestion";
import { problem, type Check } from "./check";

/** A dependency says whether its upstream is watched here, and by which step people look there. */
export const upstreamIsClear: Check = {
  id: "upstream-is-clear",
  description:
    "The upstream of a dependency is a whole service of this project with its step, or something else under another id.",
  severity: "error",
  run: ({ services, dependencies }) => {
    const ids = services.map(({ id }) => id);
    const ownDependencies = new Set<unknown>(serviceDependencies(dependencies));
    return dependencies.flatMap((dependency) => {
      const { service, upstream } = dependency;
      const subject = { file: `services/${service.id}/index.ts`, name: `${service.id} → ${upstream.id}` };
      const step = "step" in dependency ? dependency.step : undefined;
      if (!ids.includes(service.id))
        return [problem(subject, `"${service.id}" is no service. There are ${ids.join(", ")}.${didYouMean(service.id, ids)}`)];
      if (!ownDependencies.has(dependency))
        return ids.includes(upstream.id)
          ? [
              problem(
                subject,
                `${upstream.id} is a service of this project, and has a title as if it were not: write \`${upstream.id}: upstream(${upstream.id}Workload, "…")\` into \`upstreams\`.`,
              ),
            ]
          : [];
      return typeof step === "string" && step.trim() !== ""
        ? []
        : [problem(subject, `needs a step: by which numbered step do the runbooks of ${service.id} look at ${upstream.id}?`)];
    });
  },
};
