import { longestInterval, shortestInterval } from "../model/scrape";
import { subjectIn } from "../model/service";
import { problem, type Check } from "./check";

/** No service is scraped so seldom that its rules see too few samples, or finds its metrics at no path. */
export const scrapeIsSupported: Check = {
  id: "scrape-is-supported",
  description: "The rules and gates can work with the interval at which a service is scraped.",
  severity: "error",
  run: ({ services }) =>
    services.flatMap((service) => {
      const { intervalSeconds, path } = service.workload?.scrape ?? {};
      const subject = subjectIn(service, "index", { name: "workload.scrape" });
      return [
        ...(intervalSeconds === undefined || (intervalSeconds >= shortestInterval && intervalSeconds <= longestInterval)
          ? []
          : [
              problem(
                subject,
                `is scraped every ${intervalSeconds} s; rules and gates look back 4 minutes and need ${shortestInterval} to ${longestInterval} s.`,
              ),
            ]),
        ...(path === undefined || path.startsWith("/")
          ? []
          : [problem(subject, `has the path ${JSON.stringify(path)}, which does not begin with a slash.`)]),
      ];
    }),
};
