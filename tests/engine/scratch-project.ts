import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { loadProgram } from "../../local/program";
import { type ProviderModules } from "../../local/provider-process";
import { withStack } from "../../local/stack";
import type { StackOperations } from "../../local/stack-operations";

const projectRoot = resolve(__dirname, "../..");

/** A copy of this project that a test may change, with its packages and tools. */
export interface ScratchProject {
  readonly root: string;
  /** What a stack has deployed there. */
  readonly deployed: (stack: string) => string;
  readonly edit: (file: string, change: (text: string) => string) => void;
  /** Opens a stack with the real engine. */
  readonly open: <T>(stack: string, use: (stack: StackOperations) => Promise<T>, providers?: ProviderModules) => Promise<T>;
  readonly remove: () => void;
}

/** Copies the project as it is in the working tree: what git tracks, and what it would. */
export function scratchProject(): ScratchProject {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "dark-tower-")));
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: projectRoot,
    encoding: "utf8",
  });
  for (const file of files.split("\n").filter((name) => name !== "" && !name.startsWith("tests/"))) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    cpSync(join(projectRoot, file), join(root, file), { force: true });
  }
  symlinkSync(join(projectRoot, "node_modules"), join(root, "node_modules"));
  return {
    root,
    deployed: (stack) => join(root, ".local", stack, "deployed"),
    edit: (file, change) => writeFileSync(join(root, file), change(readFileSync(join(root, file), "utf8"))),
    open: (stackName, use, providers) =>
      withStack(
        {
          projectRoot: root,
          stackName,
          toolsRoot: projectRoot,
          program: loadProgram(root),
          note: () => undefined,
          ...(providers && { providers }),
        },
        use,
      ),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
