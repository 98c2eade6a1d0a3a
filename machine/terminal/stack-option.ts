import { resolve } from "node:path";
import { stackNames } from "../../core/load/stack-file";

/** The option by which a command is told its stack. */
export function stackOption(help: string) {
  const fits = (word: string): boolean => stackNames(resolve(__dirname, "../..")).includes(word);
  return { type: "string", value: "<name>", help, fits } as const;
}
