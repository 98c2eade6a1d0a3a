import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RuleSet } from "../../model/rule-set";
import type { Configuration } from "./configuration";
import { readJsonDocument, readYamlDocuments, type Document } from "./documents";
import { holdsPrometheusRules, partsOf } from "./document-parts";
import { readEvaluatedRules } from "./evaluated-rules";
import { matching } from "./find-files";
import { readInhibitRules } from "./inhibit-rules";
import type { Repository } from "./load-files";
import { mapOf } from "./shape";

/** The rules and the inhibitions of the files that a configuration names. */
export function loadRuleSet({ rules, manifests, alertmanager }: Configuration, { files, read }: Repository): RuleSet {
  const named = [...new Set([...matching(files, rules), ...matching(files, manifests), ...matching(files, alertmanager)])];
  return ruleSetOf(
    named.flatMap((file) => {
      const text = read(file);
      if (!("text" in text)) return [];
      return (file.endsWith(".json") ? readJsonDocument(text.text) : readYamlDocuments(text.text)).documents;
    }),
  );
}

/** The rules and the inhibitions of what a stack has deployed to a folder; none where it has deployed nothing. */
export function loadDeployedRuleSet(folder: string): RuleSet {
  if (!existsSync(join(folder, "manifests"))) return { rules: [], inhibitions: [] };
  const files = readdirSync(join(folder, "manifests"), { recursive: true, encoding: "utf8" });
  const manifests = files.filter((file) => file.endsWith(".yaml")).sort();
  return ruleSetOf(
    manifests.flatMap((file) => readYamlDocuments(readFileSync(join(folder, "manifests", file), "utf8")).documents),
  );
}

function ruleSetOf(documents: readonly Document[]): RuleSet {
  const parts = documents.flatMap(partsOf);
  return {
    rules: parts.filter(holdsPrometheusRules).flatMap(({ value }) => {
      const { kind, spec, groups } = mapOf(value);
      return readEvaluatedRules(kind === "PrometheusRule" ? mapOf(spec)["groups"] : groups);
    }),
    inhibitions: parts.flatMap(({ value }) => readInhibitRules(value)),
  };
}
