import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "@jest/globals";
import { findBackend, officialTarget } from "../../../machine/rollback/official-target";
import { temporaryFolder } from "../temporary-folder";

/** The history of a stack as the official CLI gives it, by a stand-in that answers with these texts. */
function readHistory({ history, exported, fails = "" }: { history: unknown; exported: unknown; fails?: string }) {
  const projectRoot = temporaryFolder();
  writeFileSync(join(projectRoot, "history.json"), JSON.stringify(history));
  writeFileSync(join(projectRoot, "export.json"), JSON.stringify(exported));
  const pulumi = join(projectRoot, "pulumi");
  const script = [
    "#!/bin/sh",
    fails === "" ? "" : `echo '${fails}' >&2; exit 1`,
    'case "$*" in',
    '  "stack history --json --page-size 100 --page 1 --stack prod --non-interactive") cat history.json ;;',
    '  "stack export --stack prod --non-interactive") cat export.json ;;',
    "  *) echo '[]' ;;",
    "esac",
  ];
  writeFileSync(pulumi, script.join("\n"), { mode: 0o755 });
  return officialTarget({ projectRoot, stackName: "prod", pulumi, note: () => undefined }, "a stand-in").readHistory();
}

const update = {
  ...{ version: 7, kind: "update", result: "succeeded", message: "A release", environment: { "git.head": "abc" } },
  ...{ startTime: "2026-01-01T12:00:00.000Z", endTime: "2026-01-01T12:00:05.000Z" },
};
const pending = [{ type: "creating", resource: { urn: "urn:pulumi:prod::p::kubernetes:core/v1:ConfigMap::gc-runbooks" } }];

test("the official CLI is used where the environment says which backend, and its password is not shown", () => {
  assert.equal(findBackend({}), undefined);
  assert.equal(findBackend({ PULUMI_BACKEND_URL: "", PULUMI_ACCESS_TOKEN: "" }), undefined);
  assert.equal(findBackend({ PULUMI_ACCESS_TOKEN: "pul-secret" }), "Pulumi Cloud");
  assert.equal(findBackend({ PULUMI_BACKEND_URL: "s3://state", PULUMI_ACCESS_TOKEN: "x" }), "the backend s3://state");
  assert.equal(
    findBackend({ PULUMI_BACKEND_URL: "postgres://ana:secret@db.example/state" }),
    "the backend postgres://db.example/state",
  );
});

test("the history of a stack that is at rest is read", async () => {
  const [entry] = await readHistory({ history: [update], exported: { deployment: {} } });
  assert.equal(entry?.version, 7);
});

test("a stack that is being changed is refused", async () => {
  const { result: _result, endTime: _end, ...running } = update;
  await assert.rejects(readHistory({ history: [running, update], exported: { deployment: {} } }), {
    name: "UserError",
    message:
      'Stack "prod" is being changed: an operation (update) has been running since 2026-01-01T12:00:00.000Z. Nothing was changed; wait for it, or, if it is gone: pulumi cancel --stack prod',
  });
});

test("a stack with pending operations is refused with what they are", async () => {
  await assert.rejects(readHistory({ history: [update], exported: { deployment: { pending_operations: pending } } }), {
    name: "UserError",
    message: [
      'Stack "prod" has pending operations: an update was interrupted while it was',
      "  creating urn:pulumi:prod::p::kubernetes:core/v1:ConfigMap::gc-runbooks",
      "Nothing was changed. See what has become of them, and try again: pulumi refresh --stack prod",
    ].join("\n"),
  });
});

test("what the official CLI cannot do is said in its words", async () => {
  await assert.rejects(readHistory({ history: [], exported: {}, fails: "error: no stack named prod found" }), {
    name: "UserError",
    message: "error: no stack named prod found\nNothing was changed.",
  });
});
