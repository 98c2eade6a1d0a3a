import { provideTool } from "../../machine/tools/engine";
import { buildContext } from "./build-context";

/** The path of Prometheus, for a test that runs it. */
export function prometheus(): Promise<string> {
  return provideTool("prometheus", buildContext);
}
