import assert from "node:assert/strict";
import { resolve } from "node:path";
import { loadStackFile } from "../../../core/load/stack-file";
import { loadProject, prepareDeployment, type Deployment } from "../../../project";

const root = resolve(__dirname, "../../..");

/** What a stack deploys, in one of the two ways in which its configuration reaches Alertmanager. */
export function deploymentOf(stack: string, alertmanager: "operator" | "plain"): Deployment {
  const loaded = loadStackFile(root, stack);
  assert.ok("value" in loaded);
  const prepared = prepareDeployment(loadProject(root), stack, { ...loaded.value, alertmanager });
  assert.ok("value" in prepared);
  return prepared.value;
}
