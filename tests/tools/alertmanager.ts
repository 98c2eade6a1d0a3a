import { provideTool } from "../../machine/tools/engine";
import { buildContext } from "./build-context";

/** The path of Alertmanager, for a test that runs it. */
export function alertmanager(): Promise<string> {
  return provideTool("alertmanager", buildContext);
}
