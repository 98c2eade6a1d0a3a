import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProjectCopy } from "../../engine/project-copy";
import type { Breakage } from "./breakages";

const failing = (code: string, from = 1) => ({
  environment: (project: ProjectCopy) => ({
    NODE_OPTIONS: `--require ${join(__dirname, "failing-files.cjs")}`,
    FAILING_CODE: code,
    FAILING_FROM: String(from),
    FAILING_BELOW: join(project.root, ".local"),
  }),
});

const outOfSpace =
  /could not be written or read: there is no space left on the device\. Free some, then run the same command again\.$/;

/** Ways in which a disk refuses. */
export const diskBreakages: readonly Breakage[] = [
  ...[1, 2, 3, 4, 5, 6].map((write) => ({
    name: `there is no space at the ${write}. write`,
    args: ["up", "--preview"],
    ...failing("ENOSPC", write),
    says: outOfSpace,
  })),
  {
    name: "the folder is read-only",
    args: ["up", "--preview"],
    ...failing("EROFS"),
    says: /: the file system is read-only\. Use a copy of the project where you may write, then run the same command again\.$/,
  },
  {
    name: "the folder is somebody else's",
    args: ["destroy", "--yes"],
    ...failing("EACCES"),
    says: /: you may not do that there\. Give yourself the right, or use a copy of the project of your own, then run the same command again\.$/,
  },
  {
    name: "the quota is used up",
    args: ["up", "--preview"],
    ...failing("EDQUOT"),
    says: /: the quota of the disk is used up\. Free some space, then run the same command again\.$/,
  },
  {
    name: ".local is a file",
    args: ["up", "--preview"],
    harm: ({ root }) => writeFileSync(join(root, ".local"), ""),
    says: /: (a file stands where a folder should be|something stands where a folder should be)\. Move it away, then run the same command again\.$/,
  },
  {
    name: ".local leads nowhere",
    args: ["up", "--preview"],
    harm: ({ root }) => symlinkSync("/nowhere/at/all", join(root, ".local")),
    says: /\.local\S* could not be written or read: .*then run the same command again\.$/,
  },
];
