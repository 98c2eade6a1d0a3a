import { parsePromql, walk } from "../../core/model/promql-syntax";
import { queriesIn } from "../../core/model/queries";
import type { Declared } from "../../core/running/declared";
import type { SeenSeries } from "../../core/running/running";
import { dataOr, type Told } from "../../core/running/told";
import { sideBySide } from "../system/side-by-side";
import { limits } from "./limits";
import type { Ask } from "./look-at-prometheus";
import { labelSets, listOfTexts } from "./prometheus-api";

interface Context {
  readonly declared: Declared;
  /** Between which Unix seconds. */
  readonly times: Readonly<Record<string, number>>;
}

/**
 * The labels of the series of each name. Of a name with many series they are never listed: only the labels are asked for, and
 * the values of those that a declaration speaks of.
 */
export async function lookAtSeries(
  ask: Ask,
  names: readonly string[],
  context: Context,
): Promise<ReadonlyMap<string, Told<SeenSeries>>> {
  const wanted = wantedLabels(context.declared);
  const asked = names.filter((name) => wanted.has(name));
  const answers = await sideBySide(
    asked,
    async (name) => [name, await lookAtName(ask, name, { ...context, labels: wanted.get(name) ?? new Set() })] as const,
    limits.atOnce,
  );
  return new Map(answers);
}

/** By the name of a series: the labels that its catalog declares, or that a rule or a panel asks for. */
function wantedLabels({ metrics, rules, model }: Declared): ReadonlyMap<string, ReadonlySet<string>> {
  const wanted = new Map<string, Set<string>>();
  const want = (name: string, labels: readonly string[]): void => {
    const known = wanted.get(name) ?? new Set(["job"]);
    labels.forEach((label) => known.add(label));
    wanted.set(name, known);
  };
  for (const { series, labels = {} } of metrics)
    for (const name of series) want(name, [...Object.keys(labels), ...(name.endsWith("_bucket") ? ["le"] : [])]);
  for (const expr of new Set([...rules, ...queriesIn(model)].map((query) => query.expr))) {
    const tree = parsePromql(expr);
    for (const node of tree ? walk(tree) : [])
      if (node.type === "selector" && node.metric !== "")
        want(
          node.metric,
          node.matchers.map(({ label }) => label),
        );
  }
  return wanted;
}

async function lookAtName(
  ask: Ask,
  name: string,
  { times, labels: wanted }: Context & { readonly labels: ReadonlySet<string> },
): Promise<Told<SeenSeries>> {
  const parameters = { ...times, "match[]": `{__name__=${JSON.stringify(name)}}` };
  const listed = await ask({ path: "series", parameters: { ...parameters, limit: limits.series + 1 }, data: labelSets });
  if ("data" in listed && listed.data.length <= limits.series) return { data: seenOf(listed.data) };
  const keys = await ask({ path: "labels", parameters, data: listOfTexts });
  if ("cannotTell" in keys) return keys;
  const labels = new Map<string, readonly string[] | undefined>();
  for (const key of keys.data.filter((one) => one !== "__name__")) {
    const values = wanted.has(key)
      ? await ask({ path: `label/${key}/values`, parameters: { ...parameters, limit: limits.values + 1 }, data: listOfTexts })
      : undefined;
    const known = dataOr(values, undefined);
    labels.set(key, known && known.length <= limits.values ? known : undefined);
  }
  return { data: { labels } };
}

function seenOf(each: readonly Readonly<Record<string, string>>[]): SeenSeries {
  const labels = new Map<string, string[]>();
  for (const set of each)
    for (const [label, value] of Object.entries(set)) {
      const values = labels.get(label) ?? [];
      if (label !== "__name__" && !values.includes(value)) labels.set(label, [...values, value]);
    }
  return { labels, each };
}
