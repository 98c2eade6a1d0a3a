import { parseArgs, type ParseArgsConfig } from "node:util";
import { isNativeError } from "node:util/types";
import { UserError } from "./user-error";

type Options = NonNullable<ParseArgsConfig["options"]>;

/** Reads a command's options. A wrong one is refused with how the command is used. */
export function readOptions<T extends Options>(args: string[], options: T, usage: string) {
  try {
    return parseArgs({ args, options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    const [reason = ""] = (isNativeError(error) ? error.message : String(error)).split(". To specify");
    throw new UserError(`${reason.replace(/\.$/, "")}.\n${usage}`);
  }
}
