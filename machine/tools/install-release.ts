import { existsSync, mkdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { download, megabytes, type Timeouts } from "./download";
import { fillOnce } from "../system/fill-once";
import { type ProgressDisplay, withProgress } from "../system/progress";
import type { Release } from "./release";

/** Downloads a release, checks it, and only then unpacks its executable into `<folder>/bin`. */
export async function installRelease(
  release: Release,
  folder: string,
  display: ProgressDisplay & { readonly timeouts?: Timeouts },
): Promise<void> {
  const { name, version, url, sha256 } = release;
  const { note, timeouts } = display;
  note(`Downloading ${name} ${version} from ${new URL(url).host}, once …`);
  const started = Date.now();
  await fillOnce(folder, async (unfinished) => {
    const archive = join(unfinished, "archive.tar.gz");
    let so: string = megabytes(0, undefined);
    await withProgress(
      (seconds) => `  ${so}, ${seconds} s`,
      display,
      () =>
        download({
          ...{ url, sha256, path: archive, ...(timeouts && { timeouts }) },
          onBytes: (received, total) => (so = megabytes(received, total)),
        }),
    );
    await unpack(archive, release, join(unfinished, "bin"));
    rmSync(archive);
  });
  note(`Downloaded ${name} ${version} and checked it in ${Math.round((Date.now() - started) / 1000)} s.`);
}

async function unpack(archive: string, { name, executable, url }: Release, bin: string): Promise<void> {
  mkdirSync(bin);
  const { extract } = await import("tar");
  const depth = executable.split("/").length - 1;
  await extract({ file: archive, cwd: bin, strip: depth, filter: (path) => path === executable, strict: true });
  if (!existsSync(join(bin, basename(executable))))
    throw new Error(`${url} holds no ${executable}: release.json of ${name} is wrong.`);
}
