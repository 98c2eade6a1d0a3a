import { isNativeError } from "node:util/types";

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: "there is no space left on the device. Free some",
  EDQUOT: "the quota of the disk is used up. Free some space",
  EFBIG: "the file would be larger than is allowed here (ulimit -f). Raise the limit",
  EROFS: "the file system is read-only. Use a copy of the project where you may write",
  EACCES: "you may not do that there. Give yourself the right, or use a copy of the project of your own",
  EPERM: "you may not do that there. Give yourself the right, or use a copy of the project of your own",
  ENOTDIR: "a file stands where a folder should be. Move it away",
  EISDIR: "a folder stands where a file should be. Move it away",
  EEXIST: "something stands where a folder should be. Move it away",
  ENOTEMPTY: "something was put there meanwhile. Close what writes there",
  ENAMETOOLONG: "the path is too long. Use a folder nearer to the top",
  ELOOP: "symbolic links lead in a circle there. Remove them",
  EIO: "the disk cannot be read or written. Use another",
  EBUSY: "something else uses it. Close that",
  EMFILE: "too many files are open (ulimit -n). Raise the limit",
  ENFILE: "too many files are open on this machine. Close some programs",
  ENOMEM: "there is no memory left. Close some programs",
  EAGAIN: "no further process can be started (ulimit -u). Close some programs",
  ENOENT: "it is gone. Restore it, or whatever leads there",
  ETXTBSY: "something else uses it. Close that",
  E2BIG: "the environment is too large. Unset some variables",
};

/** What the system refused, in a sentence that says what to do; undefined for what is no refusal of the system. */
export function describeSystemFailure(error: unknown): string | undefined {
  if (!isNativeError(error)) return undefined;
  const { code, syscall, path, dest } = readFields(error);
  const reason = code === undefined ? undefined : reasons[code];
  if (reason === undefined || syscall === undefined) return describeSystemFailure(error.cause);
  if (code === "ENOENT" && syscall.startsWith("spawn"))
    return `There is no ${path ?? "such program"} on the PATH, and this needs it. Install it, then run the same command again.`;
  const where = path === undefined ? "A file could not be written or read" : `${dest ?? path} could not be written or read`;
  return `${where}: ${reason}, then run the same command again.`;
}

function readFields(error: Error): Readonly<Record<"code" | "syscall" | "path" | "dest", string | undefined>> {
  const text = (key: string): string | undefined => {
    const value: unknown = Reflect.get(error, key);
    return typeof value === "string" ? value : undefined;
  };
  return { code: text("code"), syscall: text("syscall"), path: text("path"), dest: text("dest") };
}
