import { provideTool } from "../../machine/tools/engine";
import { buildContext } from "./build-context";

/** The path of promtool, for a test that runs it. */
export function promtool(): Promise<string> {
  return provideTool("promtool", buildContext);
}
