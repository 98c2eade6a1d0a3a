import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { configurationSchema, type Configuration } from "../../core/load/files/configuration";
import { listFiles } from "../../core/load/files/find-files";
import type { Repository } from "../../core/load/files/load-files";
import type { Finding } from "../../core/model/finding";
import { checkRepository } from "../../library/files/check-files";

const root = join(__dirname, "repository");

/** The files of the repository that holds nothing wrong, by path. */
export const rightFiles: ReadonlyMap<string, string> = new Map(
  listFiles(root).map((file) => [file, readFileSync(join(root, file), "utf8")]),
);

/** What its chain.yaml says. */
export const configuration: Configuration = configurationSchema.parse(parse(rightFiles.get("chain.yaml") ?? ""));

/** What is wrong with files that stand in memory. */
export function findingsOf(files: ReadonlyMap<string, string>, settings: Configuration = configuration): readonly Finding[] {
  const repository: Repository = {
    files: [...files.keys()],
    read: (file) => {
      const text = files.get(file);
      return text === undefined ? { message: "cannot be read." } : { text };
    },
  };
  return checkRepository(repository, settings).findings;
}
