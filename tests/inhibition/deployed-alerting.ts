import { stringify, parse } from "yaml";
import { z } from "zod";
import { convertAsOperator } from "../../core/simulate/operator-configuration";
import { manifestsIn } from "../engine/deployed";

const ruleGroups = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.looseObject({
          alert: z.string().optional(),
          for: z.string().optional(),
          keep_firing_for: z.string().optional(),
          labels: z.record(z.string(), z.string()).optional(),
        }),
      ),
    }),
  ),
});

const configuration = z.looseObject({ inhibit_rules: z.array(z.looseObject({})) });

/** The rule groups of all deployed PrometheusRules. */
export function deployedGroups(deployed: string): z.infer<typeof ruleGroups>["groups"] {
  return manifestsIn(deployed).flatMap(({ kind, spec }) => (kind === "PrometheusRule" ? ruleGroups.parse(spec).groups : []));
}

/** The labels that the deployed rules give to each alert, with its name. */
export function deployedLabels(deployed: string): readonly Readonly<Record<string, string>>[] {
  return deployedGroups(deployed).flatMap(({ rules }) =>
    rules.flatMap(({ alert, labels = {} }) => (alert === undefined ? [] : [{ alertname: alert, ...labels }])),
  );
}

/** The alertmanager.yml that comes of what is deployed. */
export function deployedConfiguration(deployed: string): string {
  const manifests = manifestsIn(deployed);
  const objects = manifests.flatMap(({ kind, metadata: { name, namespace = "" }, spec }) =>
    kind === "AlertmanagerConfig" ? [{ name, namespace, spec }] : [],
  );
  const texts = [
    ...(objects.length > 0 ? [stringify(convertAsOperator(objects))] : []),
    ...manifests.flatMap(({ data = {} }) =>
      Object.entries(data).flatMap(([file, text]) => (file === "alertmanager.yaml" ? [text] : [])),
    ),
  ];
  const [only] = texts;
  if (only === undefined || texts.length > 1) throw new Error(`${texts.length} configurations of Alertmanager are deployed.`);
  return only;
}

/** The configuration with only those inhibitions whose text does not contain a word. */
export function withoutInhibitions(text: string, word: string): string {
  const { inhibit_rules: rules, ...rest } = configuration.parse(parse(text));
  return stringify({ ...rest, inhibit_rules: rules.filter((rule) => !JSON.stringify(rule).includes(word)) });
}
