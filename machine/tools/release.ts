import { join } from "node:path";
import { z } from "zod";
import { readIfPresent } from "../system/atomic-file";
import { modulesFolder } from "./modules-folder";

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const releaseSchema = z.strictObject({
  version: z.string(),
  url: z.url(),
  executable: z.string(),
  checksumsFrom: z.string(),
  sha256: z.record(z.string(), sha256),
});

/** An archive that the publisher of a tool has released for this platform, and the checksum that makes it that one. */
export interface Release {
  readonly name: string;
  readonly version: string;
  readonly url: string;
  readonly sha256: string;
  /** The path of the executable in the archive, such as `pulumi/pulumi`. */
  readonly executable: string;
}

/** Reads `modules/<name>/release.json`. Undefined where nobody knows the checksums for certain, and for a platform that is not in it. */
export function readRelease(
  projectRoot: string,
  name: string,
  platform = `${process.platform}-${process.arch}`,
): Release | undefined {
  const text = readIfPresent(join(modulesFolder(projectRoot), name, "release.json"));
  if (text === undefined) return undefined;
  const { version, url, executable, sha256 } = releaseSchema.parse(JSON.parse(text));
  const checksum = sha256[platform];
  return checksum === undefined
    ? undefined
    : { name, version, url: url.replaceAll("{platform}", platform), sha256: checksum, executable };
}
