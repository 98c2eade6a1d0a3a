import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, it } from "@jest/globals";
import { z } from "zod";

const root = resolve(__dirname, "..");
const planted = z.record(z.string(), z.object({ rooms: z.array(z.string()), program: z.array(z.string()) }));

/** The rooms with what each may use, as the table in docs/architecture.md says it. */
function documentedRooms(): ReadonlyMap<string, readonly string[]> {
  const text = readFileSync(join(root, "docs/architecture.md"), "utf8");
  const rows = [...text.matchAll(/^\| `([a-z/]+)\/` \|.*\|([^|]*)\|$/gm)];
  return new Map(
    rows.map(([, room = "", uses = ""]) => [room, [...uses.matchAll(/`([a-z/]+)`/g)].map(([, used = ""]) => used)] as const),
  );
}

describe("the fence between the rooms", () => {
  let found: z.infer<typeof planted> = {};
  beforeAll(() => {
    const { stdout, stderr } = spawnSync(process.execPath, [join("tests", "planted-imports.mjs")], {
      cwd: root,
      encoding: "utf8",
    });
    assert.notEqual(stdout, "", stderr);
    found = planted.parse(JSON.parse(stdout));
  });

  it("reports every import that docs/architecture.md does not allow, and no other", () => {
    const documented = documentedRooms();
    const all = [...Object.keys(found), "commands", "tests"];
    for (const [room, { rooms: reported }] of Object.entries(found)) {
      const allowed = documented.get(room);
      assert.ok(allowed, `docs/architecture.md has no row for ${room}/.`);
      assert.deepEqual(
        [...reported].sort(),
        all.filter((other) => other !== room && !allowed.includes(other)).sort(),
        `what ${room}/ may use`,
      );
    }
  });

  it("keeps every room from the program that ties them together", () => {
    for (const [room, { program }] of Object.entries(found))
      assert.deepEqual(program, ["index", "project", "settings", "site-content"], room);
  });
});
