import assert from "node:assert/strict";
import { homedir } from "node:os";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { cacheFolder } from "../../../machine/tools/cache-folder";

describe("the folder in which clones share their tools", () => {
  const name = "dark-tower-observability";
  const rows: readonly { is: string; of: NodeJS.ProcessEnv; on: string; folder: string }[] = [
    { is: "the one of XDG", of: { XDG_CACHE_HOME: "/var/caches" }, on: "linux", folder: join("/var/caches", name) },
    { is: "the usual one", of: {}, on: "linux", folder: join(homedir(), ".cache", name) },
    {
      is: "the usual one, for XDG's must be absolute",
      of: { XDG_CACHE_HOME: "x" },
      on: "linux",
      folder: join(homedir(), ".cache", name),
    },
    { is: "that of macOS", of: { XDG_CACHE_HOME: "/x" }, on: "darwin", folder: join(homedir(), "Library", "Caches", name) },
    { is: "that of Windows", of: { LOCALAPPDATA: "/local" }, on: "win32", folder: join("/local", name) },
    { is: "the one of our own variable", of: { DARK_TOWER_CACHE: "/mine", XDG_CACHE_HOME: "/x" }, on: "darwin", folder: "/mine" },
    {
      is: "the usual one, when our variable is empty",
      of: { DARK_TOWER_CACHE: "" },
      on: "linux",
      folder: join(homedir(), ".cache", name),
    },
  ];
  for (const { is, of, on, folder } of rows)
    it(`is ${is}, on ${on}`, () => {
      assert.equal(cacheFolder(of, on), folder);
    });
});
