import type { FlagDescription, ValueDescription } from "../../machine/terminal/command";

/** The options with which files are checked. */
export const filesOptions = {
  config: { type: "string", value: "<file>", help: "check the files that this configuration names, such as chain.yaml" },
  "changed-since": { type: "string", value: "<commit>", help: "only what a change since this commit touched or broke" },
  "write-baseline": { type: "boolean", help: "accept all findings of today: later, only new ones are told" },
} as const satisfies Record<string, ValueDescription | FlagDescription>;
