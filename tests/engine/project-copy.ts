import { execFileSync } from "node:child_process";
import {
  constants,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
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
  for (const folder of new Set(ownFiles().map(dirname))) mkdirSync(join(root, folder), { recursive: true });
  for (const file of ownFiles()) copyFileSync(join(projectRoot, file), join(root, file), constants.COPYFILE_FICLONE);
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

let listed: readonly string[] | undefined;

/** What a copy holds, listed once for all copies of a test file. */
function ownFiles(): readonly string[] {
  if (listed) return listed;
  const files = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
    cwd: projectRoot,
    encoding: "utf8",
  });
  listed = files.split("\n").filter((name) => name !== "" && !name.startsWith("tests/"));
  return listed;
}
