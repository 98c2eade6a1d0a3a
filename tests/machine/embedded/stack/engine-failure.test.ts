import assert from "node:assert/strict";
import { test } from "@jest/globals";
import { CommandError } from "@pulumi/pulumi/automation";
import { asUserError } from "../../../../machine/embedded/stack/engine-failure";
import { UserError } from "../../../../machine/system/user-error";

const whenItFails = "Nothing was deployed.";

/** The SDK's own error, which only the SDK can construct. */
function commandError(stderr: string): unknown {
  const error: unknown = Object.create(CommandError.prototype, {
    message: { value: `code: -2\n stdout: \n stderr: ${stderr}\n err?: Error: ${stderr}\n` },
  });
  return error;
}

function explain(error: unknown, ...problems: string[]): unknown {
  return asUserError({ error, problems, whenItFails });
}

test("a failure is told by the problems that the engine reported", () => {
  assert.deepEqual(
    explain(commandError("error: update failed"), 'ConfigMap "a": wrong.\nmore', 'ConfigMap "b": wrong.'),
    new UserError('error ConfigMap "a": wrong.\n  more\nerror ConfigMap "b": wrong.\nNothing was deployed.'),
  );
});

test("a failure before the first event is told by what the engine printed, once", () => {
  assert.deepEqual(
    explain(commandError("Command failed with exit code 1: pulumi up\nerror: the key must be a number")),
    new UserError("error the key must be a number\nNothing was deployed."),
  );
});

test("an engine that was killed is told as such", () => {
  assert.deepEqual(
    explain(commandError("Command was killed with SIGKILL (Forced termination): pulumi up")),
    new UserError("error The engine was killed with SIGKILL, without saying why.\nNothing was deployed."),
  );
});

test("an error of our own stays what it is", () => {
  const error = new TypeError("x is undefined");
  assert.equal(explain(error), error);
});
