import { queriesIn } from "../../model/queries";
import { problem, type Check } from "../check";

/** A rate over a window that holds one sample has no result, ever. */
export const windowHoldsSamples: Check = {
  id: "window-holds-samples",
  description: "The window of rate and its like is at least twice the scrape interval of prometheus.yml.",
  severity: "error",
  run: (model) => {
    const prometheus = model.files?.cluster.prometheus;
    if (!prometheus) return [];
    return queriesIn(model).flatMap(({ expr, kind, subject }) =>
      [
        ...new Set(
          [...expr.matchAll(/\b(?:rate|irate|increase|delta|idelta|deriv)\s*\([^[\]()]*\[((?:\d+(?:ms|[smhdwy]))+)\]/g)].map(
            ([, window = ""]) => window,
          ),
        ),
      ]
        .filter((window) => seconds(window) < 2 * prometheus.scrapeSeconds)
        .map((window) =>
          problem(
            subject,
            `the ${kind} counts over [${window}], which holds fewer than two scrapes of ${prometheus.scrapeSeconds} s: it has no result. Take at least ${4 * prometheus.scrapeSeconds}s.`,
          ),
        ),
    );
  },
};

function seconds(duration: string): number {
  const unit: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86400, w: 604800, y: 31536000 };
  return [...duration.matchAll(/(\d+)(ms|[smhdwy])/g)].reduce(
    (sum, [, number, name = ""]) => sum + Number(number) * (unit[name] ?? 0),
    0,
  );
}
