import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { provideTool, type ToolContext } from "../../../machine/tools/provide-tool";
import { temporaryFolder } from "../temporary-folder";

export const goMod = `module example.com/tools/thing

go 1.26

tool github.com/example/thing/pkg/v3/cmd/thing

require (
	github.com/example/thing v1.0.0 // indirect
	github.com/example/thing/pkg/v3 v3.259.0 // indirect
	github.com/example/thing/sdk/v3 v3.258.0 // indirect
)
`;

/** A `go` that builds: the tool is a file that says so. */
export const buildingGo =
  'if [ "$1" = version ]; then echo go version go1.26.8; exit; fi\nwhile [ "$1" != -o ]; do shift; done\necho built > "$2"';

/** A project that pins the tool "thing", with a `go` of our own, and a cache. */
export interface PinnedTool {
  readonly projectRoot: string;
  readonly cache: string;
  /** The folder with `go`. */
  readonly path: string;
}

export function pinnedTool(go: string = buildingGo): PinnedTool {
  const projectRoot = temporaryFolder();
  const path = join(projectRoot, "path");
  for (const folder of [path, join(projectRoot, "machine", "tools", "modules", "thing")]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(projectRoot, "machine", "tools", "modules", "thing", "go.mod"), goMod);
  writeFileSync(join(path, "go"), `#!/bin/sh\n${go}\n`);
  chmodSync(join(path, "go"), 0o755);
  return { projectRoot, path, cache: join(projectRoot, "cache") };
}

/** Provides the tool with nothing else on the PATH than `path` and a shell; also what was said meanwhile. */
export async function provideThing(
  { projectRoot, cache, path }: PinnedTool,
  context: Partial<ToolContext> = {},
): Promise<{ readonly folder: string; readonly notes: readonly string[] }> {
  const notes: string[] = [];
  const before = process.env["PATH"];
  process.env["PATH"] = `${path}:/bin:/usr/bin`;
  try {
    return { folder: await provideTool("thing", { projectRoot, cache, note: (line) => notes.push(line), ...context }), notes };
  } finally {
    process.env["PATH"] = before;
  }
}
