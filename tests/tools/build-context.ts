import { resolve } from "node:path";
import type { BuildContext } from "../../machine/tools/go-tool";

/** Where the tools of the tests are built: in this project, once. */
export const buildContext: BuildContext = { projectRoot: resolve(__dirname, "../.."), note: console.log };
