import { resolve } from "node:path";
import { loadStackFile } from "../core/load/stack-file";
import { services } from "../services";
import { applySettings, readSettings } from "../settings";

const loaded = loadStackFile(resolve(__dirname, ".."), "staging");

/** What staging sets. */
export const stagingValues = "value" in loaded ? loaded.value : {};

/** What is wrong with the settings of staging once these are changed, as `name: message`. */
export function settingsFaults(changes: Readonly<Record<string, unknown>>): readonly string[] {
  const read = readSettings({ ...stagingValues, ...changes }, "Pulumi.staging.yaml");
  const result = "findings" in read ? read : applySettings(services, read.value, "Pulumi.staging.yaml");
  return "findings" in result ? result.findings.map(({ subject, message }) => `${subject.name ?? ""}: ${message}`) : [];
}
