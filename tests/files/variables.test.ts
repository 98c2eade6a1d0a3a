import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { runFilesCheck } from "../../library/files/run-check";
import { folderOf, small, told } from "./small-repository";

/** Where a dashboard may use a variable. */
interface Drawn {
  readonly title?: string;
  readonly description?: string;
  readonly legend?: string;
  readonly link?: string;
  readonly repeat?: string;
  readonly expr?: string;
  readonly query?: string;
}

/** The variables of which is said that the dashboard, which has `actor` and `node`, does not have them, or Grafana does not. */
function unknownIn({ title = "Depth", description = "d", legend = "", link = "", repeat, expr = "app_depth", query }: Drawn) {
  const target = { refId: "A", expr, legendFormat: legend, datasource: { type: "prometheus", uid: "p" } };
  const panel = {
    id: 1,
    type: "timeseries",
    title,
    description,
    targets: [target],
    links: [{ url: link }],
    ...(repeat && { repeat }),
  };
  const variables = [
    { name: "actor", type: "custom", query: "One\\, two,Three : three" },
    { name: "node", type: "query", query: query ?? "label_values(up, instance)" },
  ];
  const root = folderOf({
    ...small,
    "chain.yaml": `${small["chain.yaml"] ?? ""}dashboards: [board.json]\n`,
    "board.json": JSON.stringify({ uid: "app", title: "App", templating: { list: variables }, panels: [panel] }, null, 1),
  });
  const config = join(root, "chain.yaml");
  const { text } = told(() => runFilesCheck({ config, format: "text", changedSince: undefined, writesBaseline: false }));
  return [...text.matchAll(/uses the variable "(\w+)"/g)].map(([, name = ""]) => name);
}

describe("a variable that the dashboard does not have", () => {
  const told: readonly (readonly [where: string, drawn: Drawn, name: string])[] = [
    ["in a title, in braces", { title: "Depth of ${actr}" }, "actr"],
    ["in a title, as a word", { title: "Depth of $pod" }, "pod"],
    ["in a description, mistyped", { description: "Of $Actor." }, "Actor"],
    ["in a legend", { legend: "{{instance}} $pod" }, "pod"],
    ["in a link", { link: "/d/other?var-pod=$pod&from=${__from}" }, "pod"],
    ["as that for which a panel is repeated", { repeat: "pod" }, "pod"],
    ["in the query of another variable", { query: 'label_values(up{pod=~"$pod"}, instance)' }, "pod"],
    ["in the query of another variable, the older way", { query: 'label_values(up{pod=~"[[pod]]"}, instance)' }, "pod"],
    ["as a slip of Grafana's own", { expr: "rate(app_total[$__rate_intervall])" }, "__rate_intervall"],
  ];
  for (const [where, drawn, name] of told) it(`is told ${where}`, () => assert.deepEqual(unknownIn(drawn), [name]));

  const silent: readonly (readonly [what: string, drawn: Drawn])[] = [
    [
      "one that it has",
      { title: "$actor", description: "${actor:text}", legend: "[[actor]]", repeat: "actor", link: "?v=$node" },
    ],
    ["money", { title: "Cost in $USD, $5 or $usd", description: "About $usd 5 a day" }],
    ["code in a description", { description: "Run `echo ${HOME}` first." }],
    [
      "Grafana's own",
      { title: "${__user.login}", legend: "${__field.name}", link: "/x?${__url_time_range}&v=${__data.fields[0]}" },
    ],
    ["a macro of another data source", { query: "SELECT host FROM hosts WHERE $__timeFilter(at)" }],
    ["a topic of MQTT", { query: 'label_values(up{topic!~"$SYS/.*"}, instance)' }],
    ["the end of a pattern", { query: "/^node-.*$/", expr: 'app_depth{instance=~"node.*$"}' }],
  ];
  for (const [what, drawn] of silent) it(`is none: ${what}`, () => assert.deepEqual(unknownIn(drawn), []));
});
