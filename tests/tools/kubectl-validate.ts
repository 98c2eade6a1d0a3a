import { provideTool } from "../../machine/tools/engine";
import { buildContext } from "./build-context";

/** The path of kubectl-validate, for a test that asks what an API server takes. */
export function kubectlValidate(): Promise<string> {
  return provideTool("kubectl-validate", buildContext);
}
