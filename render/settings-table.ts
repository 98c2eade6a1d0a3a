import type { SettingDeclaration } from "../model/setting";

const begin = "<!-- settings: written by `npm run generate` from Pulumi.yaml -->";
const end = "<!-- end of settings -->";

/** The README with its table of settings written anew, between the two comments that mark it. */
export function rewriteSettingsTable(readme: string, settings: readonly SettingDeclaration[]): string {
  const [before, rest] = readme.split(begin, 2);
  const after = rest?.split(end, 2)[1];
  if (before === undefined || after === undefined) return readme;
  return [before, begin, "\n\n", renderSettingsTable(settings), "\n\n", end, after].join("");
}

function renderSettingsTable(settings: readonly SettingDeclaration[]): string {
  const rows = settings.map(({ key, description, default: value }) => [`\`${key}\``, description, renderDefault(value)]);
  const token = [
    "`grafanaToken`",
    "Grafana's API token, only with dashboardDelivery grafana-api, and only as a secret.",
    "`GRAFANA_AUTH`",
  ];
  return [["setting", "meaning", "default"], ["---", "---", "---"], ...rows, token]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

function renderDefault(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text === "" ? "(empty)" : `\`${text}\``;
}
