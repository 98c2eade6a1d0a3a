import { scrapeIsSupported } from "../../../core/checks/scrape-is-supported";
import type { Scrape } from "../../../core/model/scrape";
import { exampleModel } from "./example";
import { testCheck } from "./rows";

const workload = exampleModel().services[0]?.workload;
const scraped = (scrape: Omit<Scrape, "by">) => ({
  service: workload ? { workload: { ...workload, scrape: { by: "plain" as const, ...scrape } } } : {},
});
const place = "services/ex/index.ts workload.scrape";

testCheck(scrapeIsSupported, {
  accepted: [
    { name: "an interval that is Prometheus' own affair", ...scraped({}) },
    { name: "15 s", ...scraped({ intervalSeconds: 15 }) },
    { name: "the longest interval", ...scraped({ intervalSeconds: 60 }) },
    { name: "the shortest interval", ...scraped({ intervalSeconds: 5 }) },
    { name: "another path", ...scraped({ path: "/internal/metrics" }) },
  ],
  reported: [
    {
      name: "an interval of which four are more than a window",
      ...scraped({ intervalSeconds: 120 }),
      findings: [`${place}: is scraped every 120 s; rules and gates look back 4 minutes and need 5 to 60 s.`],
    },
    {
      name: "an interval of a second",
      ...scraped({ intervalSeconds: 1 }),
      findings: [`${place}: is scraped every 1 s; rules and gates look back 4 minutes and need 5 to 60 s.`],
    },
    {
      name: "a path without a slash",
      ...scraped({ path: "metrics" }),
      findings: [`${place}: has the path "metrics", which does not begin with a slash.`],
    },
  ],
});
