import { z } from "zod";

const matcher = z.union([
  z.string(),
  z
    .looseObject({ name: z.string(), matchType: z.string().default("="), value: z.string() })
    .transform(({ name, matchType, value }) => `${name}${matchType}${JSON.stringify(value)}`),
]);
const configuration = z.looseObject({
  inhibitRules: z
    .array(
      z.looseObject({ sourceMatch: z.array(matcher), targetMatch: z.array(matcher), equal: z.array(z.string()).default([]) }),
    )
    .default([]),
  inhibit_rules: z
    .array(
      z.looseObject({
        source_matchers: z.array(matcher),
        target_matchers: z.array(matcher),
        equal: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  receivers: z.array(z.looseObject({ name: z.string() })).default([]),
});

/** What an Alertmanager is told. */
export interface DeployedAlerting {
  /** One sentence for each alert that may be silenced. */
  readonly inhibitions: readonly string[];
  /** The receivers as JSON, by name; they name keys of Kubernetes Secrets, never the secrets. */
  readonly receivers: readonly (readonly [name: string, how: string])[];
}

/** Reads an AlertmanagerConfig's spec, or the content of an alertmanager.yaml. */
export function loadAlertmanager(document: unknown): DeployedAlerting {
  const { inhibitRules, inhibit_rules, receivers } = configuration.parse(document);
  const rules = [
    ...inhibitRules,
    ...inhibit_rules.map(({ source_matchers, target_matchers, equal }) => ({
      sourceMatch: source_matchers,
      targetMatch: target_matchers,
      equal,
    })),
  ];
  return {
    inhibitions: rules.flatMap(({ sourceMatch, targetMatch, equal }) =>
      alternatives(targetMatch).map(
        (target) =>
          `${alternatives(sourceMatch).join(" or ")} silences ${target}${equal.length === 0 ? "" : ` with the same ${equal.join(", ")}`}`,
      ),
    ),
    receivers: receivers.map(({ name, ...how }) => [name, JSON.stringify(how)]),
  };
}

/** `alertname=~"A|B"` as A, B; labels other than the name are told: "burn_rate 6". Matchers that must all hold are joined. */
function alternatives(matchers: readonly string[]): readonly string[] {
  const [only, ...others] = matchers;
  const parsed = only === undefined || others.length > 0 ? null : /^(\w+)=~?"([\w.|]*)"$/.exec(only);
  if (!parsed) return [matchers.join(" and ")];
  const [, label = "", values = ""] = parsed;
  return values.split("|").map((value) => (label === "alertname" ? value : `${label} ${value}`));
}
