import { literalPattern } from "../../core/model/literal-pattern";
import { parsePromql, walk } from "../../core/model/promql-syntax";
import { queriesIn } from "../../core/model/queries";
import type { Declared } from "../../core/running/declared";
import type { Keeping, RunningPrometheus } from "../../core/running/running";
import { dataOr, type Told } from "../../core/running/told";
import { askPrometheus, type Question } from "../prometheus/ask";
import { describeServer } from "../system/failure";
import type { CannotTell } from "../system/read-reply";
import { sideBySide } from "../system/side-by-side";
import { givingUp, limits, type Budget } from "./limits";
import { lookAtSeries } from "./look-at-series";
import {
  alertmanagersQuestion,
  configurationQuestion,
  flagsQuestion,
  listOfTexts,
  retentionQuestion,
  rulesQuestion,
  targetsQuestion,
} from "./prometheus-api";

/** Asks one question within the budget. */
export type Ask = <T>(question: Question<T>, bytes?: number) => Promise<Told<T>>;

/** Series are looked for in the last hour. */
const lookedBackSeconds = 3600;

/** The server's clock may be ahead of this machine's. */
const aheadSeconds = 300;

/** Asks a Prometheus for everything that the checks read. */
export async function lookAtPrometheus(url: string, declared: Declared, budget: Budget): Promise<RunningPrometheus> {
  const give = givingUp();
  const ask: Ask = (question, bytes = limits.bytes) =>
    give(async () => {
      const patience = budget.spend(bytes);
      if ("cannotTell" in patience) return patience;
      const answer = await askPrometheus({ url, ...patience }, question);
      if ("cannotTell" in answer) return answer;
      // What is missing from a part of an answer may be in the rest. A limit is ours.
      const warning = answer.warnings.find((text) => !text.includes("limit"));
      return warning === undefined ? { data: answer.data } : { cannotTell: `it warns: ${warning}` };
    });
  const now = Math.floor(Date.now() / 1000);
  const times = { start: now - lookedBackSeconds, end: now + aheadSeconds };
  const rules = await ask(rulesQuestion, limits.longBytes);
  const wanted = [...usedNames(declared)];
  const names = await lookForNames(ask, wanted, times);
  const present = [...dataOr(names, new Set<string>())];
  const series = await lookAtSeries(ask, present, { declared, times });
  const others = await ask(
    { path: "label/__name__/values", parameters: { ...times, limit: limits.otherNames }, data: listOfTexts },
    limits.longBytes,
  );
  const targetLabels = await ask({ path: "labels", parameters: { ...times, "match[]": "up" }, data: listOfTexts });
  return {
    server: describeServer(url),
    rules,
    names,
    series,
    otherNames: dataOr(others, []),
    targetLabels: dataOr(targetLabels, []),
    targets: await ask(targetsQuestion, limits.longBytes),
    keeping: await lookAtKeeping(ask),
    alertmanagers: await ask(alertmanagersQuestion),
  };
}

/** The names of all series that rules, panels and runbooks select, or catalogs declare. */
function usedNames({ model, rules, metrics }: Declared): ReadonlySet<string> {
  const exprs = [...rules.map(({ expr }) => expr), ...queriesIn(model).map(({ expr }) => expr)];
  const selected = [...new Set(exprs)].flatMap((expr) => {
    const tree = parsePromql(expr);
    return tree ? [...walk(tree)].flatMap((node) => (node.type === "selector" && node.metric !== "" ? [node.metric] : [])) : [];
  });
  return new Set([...selected, ...metrics.flatMap(({ series }) => series)]);
}

/** From the index alone, some names at a time: no sample is read. */
async function lookForNames(
  ask: Ask,
  names: readonly string[],
  times: Readonly<Record<string, number>>,
): Promise<Told<ReadonlySet<string>>> {
  const parts = Array.from({ length: Math.ceil(names.length / limits.names) }, (_, index) =>
    names.slice(index * limits.names, (index + 1) * limits.names),
  );
  const answers = await sideBySide(
    parts,
    (part) => {
      const selector = `{__name__=~${JSON.stringify(part.map(literalPattern).join("|"))}}`;
      return ask({ path: "label/__name__/values", parameters: { ...times, "match[]": selector }, data: listOfTexts });
    },
    limits.atOnce,
  );
  const failed = answers.find((answer): answer is CannotTell => "cannotTell" in answer);
  return failed ?? { data: new Set(answers.flatMap((answer) => dataOr(answer, []))) };
}

async function lookAtKeeping(ask: Ask): Promise<Told<Keeping>> {
  const retention = await ask(retentionQuestion);
  if ("cannotTell" in retention) return retention;
  const [flags, configuration] = [await ask(flagsQuestion), await ask(configurationQuestion)];
  if ("cannotTell" in flags) return flags;
  if ("cannotTell" in configuration) return configuration;
  return { data: { ...retention.data, ...flags.data, ...configuration.data } };
}
