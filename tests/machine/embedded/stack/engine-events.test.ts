import assert from "node:assert/strict";
import { test } from "@jest/globals";
import { type EngineEvent, type OpType } from "@pulumi/pulumi/automation";
import { EngineRecord, plainOutputs } from "../../../../machine/embedded/stack/engine-events";
import { asSecret } from "../../../../machine/embedded/provider/property-values";
import { urnOf } from "../provider/provider-calls";

const configMapType = "kubernetes:core/v1:ConfigMap";
const configMapUrn = urnOf(configMapType, "mc-runbooks");

function recordOf(...events: Partial<EngineEvent>[]): EngineRecord {
  const record = new EngineRecord();
  for (const event of events) record.onEvent({ sequence: 0, timestamp: 0, ...event });
  return record;
}

function failure(message: string, urn?: string): Partial<EngineEvent> {
  return { diagnosticEvent: { message, color: "never", severity: "error", ...(urn === undefined ? {} : { urn }) } };
}

const problems: { what: string; event: Partial<EngineEvent>; reads: string }[] = [
  {
    what: "a refused property",
    event: failure(
      `${configMapType} resource 'mc-runbooks': property metadata.name value {<nil>} has a problem: "Mc" is wrong.`,
      configMapUrn,
    ),
    reads: 'ConfigMap "mc-runbooks", metadata.name: "Mc" is wrong.',
  },
  {
    what: "a refused property whose value has many lines, and is left out",
    event: failure(
      `${configMapType} resource 'mc-runbooks': property data value {map[a:{one\ntwo}]} has a problem: Too long.`,
      configMapUrn,
    ),
    reads: 'ConfigMap "mc-runbooks", data: Too long.',
  },
  {
    what: "a refused resource",
    event: failure(`${configMapType} resource 'mc-runbooks' has a problem: No.`, configMapUrn),
    reads: 'ConfigMap "mc-runbooks": No.',
  },
  {
    what: "a failed operation",
    event: failure(`creating ${configMapUrn}: 1 error occurred:\n\t* There is no folder.`, configMapUrn),
    reads: 'ConfigMap "mc-runbooks": There is no folder.',
  },
  { what: "anything else", event: failure("the disk is full"), reads: "the disk is full" },
];

for (const { what, event, reads } of problems) {
  test(`the engine's account of ${what} is told in one line`, () => assert.deepEqual(recordOf(event, event).problems, [reads]));
}

test("the engine's closing line is no problem of its own", () => {
  assert.deepEqual(recordOf(failure("update failed", "urn:pulumi:dev::sample::pulumi:pulumi:Stack::sample-dev")).problems, []);
});

function change(op: OpType, urn: string, type: string): Partial<EngineEvent> {
  return { resOutputsEvent: { metadata: { op, urn, type, provider: "" } } };
}

test("changes are those of deployed resources, not of components, providers and the stack", () => {
  const record = recordOf(
    change("create", configMapUrn, configMapType),
    change("create", urnOf("pulumi:providers:kubernetes", "kubernetes"), "pulumi:providers:kubernetes"),
    change("create", urnOf("observability:index:ServiceObservability", "mc"), "observability:index:ServiceObservability"),
  );
  assert.deepEqual(record.changes, [{ kind: "created", type: "ConfigMap", name: "mc-runbooks", urn: configMapUrn }]);
});

test("a replacement is one change", () => {
  const steps = (["create-replacement", "replace", "delete-replaced"] as const).map((op) =>
    change(op, configMapUrn, configMapType),
  );
  assert.deepEqual(
    recordOf(...steps).changes.map(({ kind }) => kind),
    ["replaced"],
  );
});

test("secret outputs are left out", () => {
  const outputs = { open: { value: { a: 1 }, secret: false }, token: { value: "t", secret: true } };
  assert.deepEqual(plainOutputs(outputs), { open: { a: 1 } });
  assert.deepEqual(plainOutputs({ wrapped: { value: asSecret("t"), secret: true } }), {});
});
