import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Kubectl } from "../../../machine/cluster/kubectl";
import { findMissing, type Prerequisites } from "../../../machine/cluster/prerequisites";

const needed: Prerequisites = {
  namespace: "monitoring",
  createsNamespace: false,
  definitions: ["prometheusrules.monitoring.coreos.com"],
  secrets: [
    { name: "pagerduty", key: "routing-key" },
    { name: "slack", key: "url" },
  ],
};

/** A cluster that has everything, but for what these lines of kubectl are answered. */
function cluster(but: Readonly<Record<string, string>>): Kubectl {
  return (...args) => {
    const line = args.join(" ");
    const [, problem] = Object.entries(but).find(([begin]) => line.startsWith(begin)) ?? [];
    if (problem?.startsWith("Error") === true) return Promise.resolve({ isDone: false, printed: "", problem });
    const secret = line.startsWith("get secret pagerduty") ? "other routing-key " : "url ";
    return Promise.resolve({ isDone: true, printed: problem ?? secret, problem: "" });
  };
}

describe("a cluster", () => {
  const notFound = "Error from server (NotFound): it is not found";
  const rows: readonly {
    name: string;
    but: Readonly<Record<string, string>>;
    needs?: Partial<Prerequisites>;
    missing: readonly string[];
  }[] = [
    { name: "that has everything", but: {}, missing: [] },
    {
      name: "without a namespace that the stack creates",
      but: { "get namespace": notFound },
      needs: { createsNamespace: true },
      missing: [],
    },
    {
      name: "without the namespace, of which nothing else is then said",
      but: { "get namespace": notFound },
      missing: ["The namespace monitoring is not there. kubectl create namespace monitoring, or set createNamespace."],
    },
    {
      name: "without the operator",
      but: { "get customresourcedefinition": notFound },
      missing: [
        "The definition prometheusrules.monitoring.coreos.com is not there. Install the Prometheus operator, or set rules and alertmanager to what needs none.",
      ],
    },
    {
      name: "that does not let one look",
      but: { "get customresourcedefinition": "Error from server (Forbidden): no" },
      missing: [
        "The definition prometheusrules.monitoring.coreos.com cannot be looked for. kubectl says: Error from server (Forbidden): no",
      ],
    },
    {
      name: "that allows too little",
      but: { "auth can-i patch configmaps": "Error: no", "auth can-i delete configmaps": "Error: no" },
      missing: ["The right to patch, delete configmaps in monitoring is missing."],
    },
    {
      name: "without a Secret",
      but: { "get secret slack": notFound },
      missing: ["The Secret slack, which receivers names, is not there. Without it, the operator drops the routing as a whole."],
    },
    {
      name: "with a Secret that has another key",
      but: { "get secret slack": "URL" },
      missing: [
        'The Secret slack has no key "url", which receivers names. It has URL; the operator drops the routing as a whole.',
      ],
    },
  ];
  for (const { name, but, needs = {}, missing } of rows)
    it(`${name} is told of`, async () => assert.deepEqual(await findMissing(cluster(but), { ...needed, ...needs }), missing));

  it("that does not answer is told of once", async () => {
    const refused = "memcache.go: something\nError: The connection to the server was refused";
    await assert.rejects(
      findMissing(() => Promise.resolve({ isDone: false, printed: "", problem: refused }), needed),
      /^UserError: The cluster does not answer\. kubectl says: Error: The connection to the server was refused$/,
    );
  });
});
