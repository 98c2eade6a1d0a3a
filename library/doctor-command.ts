import { existsSync } from "node:fs";
import { UsageError } from "../machine/system/user-error";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";
import { defaultConfiguration } from "./files/read-configuration";
import { filesOptions } from "./files/files-options";
import { runFilesDoctor } from "./files/run-files-doctor";
import { doctorNotes, doctorOptions } from "./run-doctor";

const description = {
  name: "doctor",
  summary: "Compares the files that chain.yaml names with what runs: Prometheus, Alertmanager, Grafana, runbooks. It reads only.",
  isOfPackage: true,
  options: { config: filesOptions.config, ...doctorOptions },
  notes: doctorNotes,
  examples: ["--prometheus http://localhost:9090", "--prometheus http://localhost:9090 --alertmanager http://localhost:9093"],
} as const satisfies CommandDescription;

/** `npx chain doctor`. */
export const doctor = {
  description,
  main: ({ values }: CommandLine<typeof description>): Promise<number> => {
    const config = values.config ?? (existsSync(defaultConfiguration) ? defaultConfiguration : undefined);
    if (config === undefined) throw new UsageError("There is no chain.yaml here. Name the configuration: --config <file>");
    return runFilesDoctor(config, values);
  },
};
