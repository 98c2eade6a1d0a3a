/** What chain.yaml says, as far as it could be found out. */
export interface FoundConfiguration {
  readonly globs: Readonly<Record<string, readonly string[]>>;
  readonly metrics: readonly { readonly files: string; readonly as: string }[];
  readonly runbookUrls: readonly string[];
  readonly runbookRenderer?: string;
}

/** Writes chain.yaml: what was found, and beside it what only people know. */
export function renderConfiguration(
  { globs, metrics, runbookUrls, runbookRenderer }: FoundConfiguration,
  schema: string,
): string {
  const lists = Object.entries(globs).flatMap(([key, values]) =>
    values.length === 0 ? [] : [`${key}:`, ...values.map((glob) => `  - ${JSON.stringify(glob)}`)],
  );
  return [
    `# yaml-language-server: $schema=${schema}`,
    "# Where the files are. Everything is checked with: chain check",
    ...lists,
    ...(metrics.length === 0
      ? [
          "# What exists: without it, no metric is reported as missing. The answer of /metrics, a catalog in Markdown, or the code.",
          "# metrics:",
          '#   - { files: ["metrics/*.prom"], as: scrape }',
        ]
      : ["metrics:", ...metrics.map(({ files, as }) => `  - { files: [${JSON.stringify(files)}], as: ${as} }`)]),
    ...(runbookUrls.length === 0
      ? ["# What stands before a file's path in runbook_url:", "# runbookUrls: [https://github.com/acme/ops/blob/main/]"]
      : ["runbookUrls:", ...runbookUrls.map((url) => `  - ${JSON.stringify(url)}`)]),
    ...(runbookRenderer === undefined ? [] : [`runbookRenderer: ${runbookRenderer}`]),
    "",
  ].join("\n");
}
