import { codeOf } from "../system/error-code";
import { UserError } from "../system/user-error";
import { cacheVariable } from "./cache-folder";

const diskErrors: Readonly<Record<string, string>> = {
  ENOSPC: "the disk is full",
  EDQUOT: "your quota of the disk is used up",
  EROFS: "the disk is read-only",
  EACCES: "you may not write there",
  EPERM: "you may not write there",
  ENOTDIR: "a part of the path is a file",
};

/** What the disk refused, as people read it; undefined when the error is of another kind. */
export function describeDiskError(error: unknown, folder: string): UserError | undefined {
  const code = codeOf(error);
  const reason = diskErrors[code];
  if (reason === undefined) return undefined;
  return new UserError(
    `The tools are kept in ${folder}, and ${reason} (${code}). Make room or make it writable, or name another folder in the environment variable ${cacheVariable}.`,
  );
}
