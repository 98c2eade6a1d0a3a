import assert from "node:assert/strict";
import { resolve } from "node:path";
import { afterAll, describe, it } from "@jest/globals";
import { copyProject } from "../engine/project-copy";
import { runWithPulumiHost } from "./pulumi-host";

describe("the program of this repository, started by Pulumi's own Node host", () => {
  const copy = copyProject();
  afterAll(() => copy.remove());

  it("is index.ts, though a library is packed from the same sources", () => {
    const result = runWithPulumiHost(resolve(__dirname, "../.."));
    assert.ok("registered" in result, "failure" in result ? result.failure : "");
    assert.ok(result.loaded.includes("index.ts"));
    assert.ok(result.registered.includes("kubernetes:monitoring.coreos.com/v1:PrometheusRule"));
    assert.deepEqual(
      result.loaded.filter((file) => /^(library|examples)\//.test(file)),
      [],
    );
  });

  it("is type-checked before it runs", () => {
    copy.edit("services/gc/slos.ts", (text) => text.replace("metrics.assignmentDuration", "metrics.assignmentDuratoin"));
    const result = runWithPulumiHost(copy.root);
    assert.ok("failure" in result);
    assert.match(result.failure, /services\/gc\/slos\.ts.*Property 'assignmentDuratoin' does not exist/);
  });
});
