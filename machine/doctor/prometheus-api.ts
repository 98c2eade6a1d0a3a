import { z } from "zod";
import { durationValue } from "../../core/model/promql/number";
import type { Keeping, RunningRule, RunningTarget } from "../../core/running/running";
import type { Question } from "../prometheus/ask";
import { lookbackSecondsIn } from "../prometheus/lookback";

const texts = z.record(z.string(), z.string());

const ruleGroups = z.object({
  groups: z.array(
    z.object({
      rules: z.array(
        z.object({
          type: z.enum(["alerting", "recording"]),
          name: z.string(),
          query: z.string(),
          duration: z.number().default(0),
          keepFiringFor: z.number().default(0),
          labels: texts.nullish(),
          health: z.string().default("unknown"),
          lastError: z.string().nullish(),
        }),
      ),
    }),
  ),
});

/** The rules, without the alerts that are active now. */
export const rulesQuestion: Question<readonly RunningRule[]> = {
  path: "rules",
  parameters: { exclude_alerts: "true" },
  data: ruleGroups.transform(({ groups }) =>
    groups.flatMap(({ rules }) =>
      rules.map(({ type, name, query, duration, keepFiringFor, labels, health, lastError }): RunningRule => ({
        kind: type === "alerting" ? "alert" : "record",
        name,
        expr: query,
        forSeconds: duration,
        keepFiringSeconds: keepFiringFor,
        labels: labels ?? {},
        health,
        lastError: lastError ?? "",
      })),
    ),
  ),
};

const activeTargets = z.object({
  activeTargets: z.array(
    z.object({
      labels: texts,
      scrapeInterval: z.string().default(""),
      health: z.string(),
      lastError: z.string().default(""),
    }),
  ),
});

/** The targets that are scraped. */
export const targetsQuestion: Question<readonly RunningTarget[]> = {
  path: "targets",
  parameters: { state: "active" },
  data: activeTargets.transform(({ activeTargets: targets }) =>
    targets.flatMap(({ labels, scrapeInterval, health, lastError }) => {
      const intervalSeconds = durationValue(scrapeInterval) ?? 0;
      return intervalSeconds === 0 ? [] : [{ job: labels["job"] ?? "", intervalSeconds, isUp: health !== "down", lastError }];
    }),
  ),
};

/** How long samples are kept: `15d`, `15d or 10GiB`, `10GiB`. */
export const retentionQuestion: Question<Pick<Keeping, "retentionSeconds">> = {
  path: "status/runtimeinfo",
  data: z.object({ storageRetention: z.string() }).transform(({ storageRetention }) => {
    const [time = ""] = storageRetention.split(" or ");
    const seconds = /^[\dywdhms]+$/.test(time) ? durationValue(time) : undefined;
    return { retentionSeconds: seconds === 0 ? undefined : seconds };
  }),
};

/** How far an instant looks back. */
export const flagsQuestion: Question<Pick<Keeping, "lookbackSeconds">> = {
  path: "status/flags",
  data: texts.transform((flags) => ({ lookbackSeconds: lookbackSecondsIn(flags) })),
};

/** Whether it asks another store too. */
export const configurationQuestion: Question<Pick<Keeping, "readsRemotely">> = {
  path: "status/config",
  data: z.object({ yaml: z.string() }).transform(({ yaml }) => ({ readsRemotely: /^remote_read:/m.test(yaml) })),
};

/** Where alerts are sent. */
export const alertmanagersQuestion: Question<readonly string[]> = {
  path: "alertmanagers",
  data: z
    .object({ activeAlertmanagers: z.array(z.object({ url: z.string() })) })
    .transform(({ activeAlertmanagers }) => activeAlertmanagers.map(({ url }) => url)),
};

/** A list of names or values. */
export const listOfTexts = z.array(z.string());

/** The labels of series. */
export const labelSets = z.array(texts);
