import { provideTool } from "../../machine/tools/engine";
import { buildContext } from "./build-context";

/** The path of actionlint, for a test that runs it. */
export function actionlint(): Promise<string> {
  return provideTool("actionlint", buildContext);
}
