import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { runFilesCheck } from "../../../library/files/run-check";
import { runChecks } from "../../../core/checks/check";
import { templateExpands } from "../../../core/checks/template-expands";
import { folderOf, rules, small, told } from "../../files/small-repository";
import { exampleModel } from "./example";

const right = [
  "{{ $externalLabels.cluster }} is slow",
  '{{ index $externalLabels "cluster" }}',
  "{{ .ExternalLabels.cluster }}{{ $.ExternalLabels.cluster }}",
  "{{ $externalLabels.prometheus }}/{{ $externalLabels.prometheus_replica }}",
  "{{ with $externalLabels }}{{ .cluster }}{{ end }}",
  "{{ $labels.clutser }}",
  "{{ $externalURL }}",
  "the external label clutser",
] as const;
const wrong = [
  "{{ $externalLabels.clutser }} is slow",
  '{{ index $externalLabels "clutser" }}',
  '{{ index .ExternalLabels "clutser" | toUpper }}',
  "{{ .ExternalLabels.clutser }}",
  "{{ $.ExternalLabels.clutser }}",
  "{{ with $externalLabels }}{{ .clutser }}{{ end }}",
  '{{ $e := $externalLabels }}{{ if eq $e.clutser "x" }}a{{ end }}',
] as const;

const message =
  'prints $externalLabels.clutser, which this Prometheus does not have: nothing is printed. It has cluster. Did you mean "cluster"?';

function declaredIn(summary: string, externalLabels: readonly string[] | undefined): readonly string[] {
  const model = exampleModel({ alert: { summary }, model: externalLabels ? { externalLabels } : {} });
  return runChecks(model, [templateExpands]).findings.map((finding) => finding.message);
}

/** What is told of a summary in a rule file, beside other files. */
function inFiles(summary: string, more: Readonly<Record<string, string>>): readonly string[] {
  const named = Object.keys(more).map((file) =>
    file.startsWith("prometheus") ? `prometheus: [${file}]` : `manifests: [${file}]`,
  );
  const root = folderOf({
    ...small,
    "chain.yaml": [small["chain.yaml"], ...named, ""].join("\n"),
    "rules/app.yaml": rules(["AppDown", "up == 0"], ["AppSlow", "app_wait > 5"]).replace(
      "It is broken",
      summary.replaceAll('"', '\\"'),
    ),
    ...more,
  });
  const { text } = told(() =>
    runFilesCheck({ config: join(root, "chain.yaml"), format: "text", changedSince: undefined, writesBaseline: false }),
  );
  return [...text.matchAll(/`summary` (prints .*)/g)].map(([, found = ""]) => found);
}

const configuration = { "prometheus.yml": "global: { external_labels: { cluster: eu-1 } }\nscrape_configs: []\n" };
const resource = {
  "deploy/prometheus.yaml":
    "apiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: { name: k8s }\nspec: { externalLabels: { cluster: eu-1 } }\n",
};
const unsaid = { "prometheus.yml": "scrape_configs: []\n" };

describe("an external label that a template prints", () => {
  for (const summary of right)
    it(`is taken: ${summary}`, () => {
      assert.deepEqual(declaredIn(summary, ["cluster"]), []);
      assert.deepEqual(inFiles(summary, configuration), []);
      assert.deepEqual(inFiles(summary, resource), []);
    });

  for (const summary of wrong)
    it(`is told where Prometheus has none of that name: ${summary}`, () => {
      assert.deepEqual(declaredIn(summary, ["cluster"]), [
        `its summary ${message} Name it in externalLabels of the stack, or leave it out.`,
      ]);
      assert.deepEqual(inFiles(summary, configuration), [message]);
      assert.deepEqual(inFiles(summary, resource), [message]);
    });

  it("is taken where nobody knows what Prometheus has", () => {
    for (const summary of wrong) {
      assert.deepEqual(declaredIn(summary, undefined), []);
      assert.deepEqual(inFiles(summary, unsaid), []);
    }
  });
});
