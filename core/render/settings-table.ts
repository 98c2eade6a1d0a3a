import type { SettingDeclaration } from "../model/setting";
import { renderMarkdownTable, rewriteMarkedBlock } from "./marked-block";

const block = { begin: "<!-- settings: written by `npm run generate` from Pulumi.yaml -->", end: "<!-- end of settings -->" };

/** The README with its table of settings written anew, between the two comments that mark it. */
export function rewriteSettingsTable(readme: string, settings: readonly SettingDeclaration[]): string {
  return rewriteMarkedBlock(readme, block, renderSettingsTable(settings));
}

function renderSettingsTable(settings: readonly SettingDeclaration[]): string {
  const rows = settings.map(({ key, description, default: value }) => [`\`${key}\``, description, renderDefault(value)]);
  const token = [
    "`grafanaToken`",
    "Grafana's API token, only with dashboardDelivery grafana-api, and only as a secret.",
    "`GRAFANA_AUTH`",
  ];
  return renderMarkdownTable([["setting", "meaning", "default"], ...rows, token]);
}

function renderDefault(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text === "" ? "(empty)" : `\`${text}\``;
}
