import picomatch from "picomatch";
import type { LoadedFiles } from "../../model/files/loaded";
import { groupBy } from "../../model/group-by";
import { problem, type Check, type Problem } from "../check";

/** Rules in a file that no Prometheus reads never fire. */
export const ruleIsLoaded: Check = {
  id: "rule-is-loaded",
  description: "A rule file is named by rule_files, and a PrometheusRule has the labels by which the operator selects it.",
  severity: "error",
  run: ({ files }) => (files ? [...byRuleFiles(files), ...bySelector(files)] : []),
};

/** Paths of a configuration are those of the server: only the file's name and the folder above it are compared. */
function byRuleFiles({ rules, cluster: { prometheus, objects } }: LoadedFiles): readonly Problem[] {
  if (!prometheus || prometheus.ruleFiles.length === 0) return [];
  const inObjects = new Set(objects.map(({ subject }) => subject.file));
  const files = [...new Set(rules.map(({ subject }) => subject.file))].filter((file) => !inObjects.has(file));
  return files
    .filter((file) => !prometheus.ruleFiles.some((pattern) => mayMatch(pattern, file)))
    .map((file) =>
      problem(
        { file },
        `is matched by none of the rule_files of ${prometheus.subject.file}: ${prometheus.ruleFiles.join(", ")}. Add it there, or move it.`,
      ),
    );
}

function mayMatch(pattern: string, file: string): boolean {
  const [wanted = "", folder] = pattern.split("/").reverse();
  if (wanted === "") return false;
  const [name = "", above] = file.split("/").reverse();
  return (
    picomatch.isMatch(name, wanted, { dot: true }) &&
    (folder === undefined ||
      above === undefined ||
      (folder !== "" && picomatch.isMatch(above, folder, { dot: true })) ||
      wanted.replace(/\*\.ya?ml$|\*\.rules$|\*$/, "") !== "" ||
      isCommon(folder))
  );
}

/** Folders that a deployment mounts under another name than the repository's. */
function isCommon(folder: string): boolean {
  return ["prometheus", "etc", "config", "rules", "alerts", "conf"].includes(folder) || folder.includes("*");
}

function bySelector({ cluster: { ruleSelector, objects } }: LoadedFiles): readonly Problem[] {
  const wanted = Object.entries(ruleSelector ?? {});
  if (wanted.length === 0) return [];
  const rules = [
    ...groupBy(
      objects.filter(({ kind }) => kind === "PrometheusRule"),
      ({ subject }) => subject,
    ).values(),
  ].flat();
  return rules.flatMap(({ labels, subject }) => {
    const missing = wanted.filter(([key, value]) => labels[key] !== value).map(([key, value]) => `${key}: ${value}`);
    return missing.length === 0
      ? []
      : [
          problem(
            subject,
            `lacks the label ${missing.join(", ")}, by which Prometheus selects PrometheusRules: its rules are not loaded. Add it.`,
          ),
        ];
  });
}
