import { type Engine, provideEngine } from "../../machine/tools/engine";
import { buildContext } from "./build-context";

/** The project whose engine runs other programs, for a test that starts them in processes of their own. */
export const toolsRoot = buildContext.projectRoot;

/** The Pulumi engine, for a test that runs it. */
export function engine(): Promise<Engine> {
  return provideEngine(buildContext);
}
