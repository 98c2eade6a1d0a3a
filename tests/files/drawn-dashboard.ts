import { join } from "node:path";
import { runFilesCheck } from "../../library/files/run-check";
import { folderOf, small, told } from "./small-repository";

/** Where a dashboard may use a variable. */
export interface Drawn {
  readonly title?: string;
  readonly description?: string;
  readonly legend?: string;
  readonly link?: string;
  readonly repeat?: string;
  readonly expr?: string;
  readonly query?: string;
  /** Where its panel gets its data. */
  readonly source?: string;
  /** Further variables. */
  readonly more?: readonly object[];
  /** What the dashboard has beside these, and what else the repository has. */
  readonly top?: object;
  readonly files?: Readonly<Record<string, string>>;
}

/** What is said of a dashboard with the variables `actor` and `node`. */
export function check(drawn: Drawn): string {
  const { title = "Depth", description = "d", legend = "", link = "", repeat, expr = "app_depth", query } = drawn;
  const { source = "p", more = [], top = {}, files = {} } = drawn;
  const target = { refId: "A", expr, legendFormat: legend, datasource: { type: "prometheus", uid: source } };
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
    ...more,
  ];
  const root = folderOf({
    ...small,
    "chain.yaml": `${small["chain.yaml"] ?? ""}dashboards: [board.json]\n${"metrics.md" in files ? "metrics: [{ as: markdown, files: [metrics.md], prefixes: [app_] }]\n" : ""}`,
    ...files,
    "board.json": JSON.stringify({ uid: "app", title: "App", templating: { list: variables }, panels: [panel], ...top }, null, 1),
  });
  const config = join(root, "chain.yaml");
  return told(() => runFilesCheck({ config, format: "text", changedSince: undefined, writesBaseline: false })).text;
}
