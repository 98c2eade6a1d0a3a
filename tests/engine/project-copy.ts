import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

const projectRoot = resolve(__dirname, "../..");

/** A copy of this project that a test may change, with its packages. */
export interface ProjectCopy {
  readonly root: string;
  /** Throws when the change changes nothing: the text that a test replaces has moved. */
  readonly edit: (file: string, change: (text: string) => string) => void;
  readonly remove: () => void;
}

/** Copies the project as it is in the working tree: what git tracks, and what it would. */
export function copyProject(): ProjectCopy {
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
    edit: (file, change) => {
      const text = readFileSync(join(root, file), "utf8");
      const changed = change(text);
      if (changed === text)
        throw new Error(`The edit changes nothing in ${file}: what it replaces is not there. Change the test.`);
      writeFileSync(join(root, file), changed);
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}
