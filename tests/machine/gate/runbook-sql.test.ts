import assert from "node:assert/strict";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, it } from "@jest/globals";
import { loadRunbooks } from "../../../core/load/runbooks";
import { startPostgres, type TestPostgres } from "./postgres-server";

/** What people on call paste must be SQL that the GC's schema knows. */
describe("the SQL of the runbooks", () => {
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
    await postgres.fill({ "mc-0": {}, "mc-1": {} });
  });
  afterAll(() => postgres.stop());

  const blocks = loadRunbooks(resolve(__dirname, "../../..")).flatMap(({ path, fences }) =>
    fences.filter(({ language }) => language === "sql").map(({ code, line }) => ({ path, code, line })),
  );

  it("is there at all", () => assert.ok(blocks.length > 10));

  for (const { path, code, line } of blocks) {
    it(`runs: ${path}:${line}`, async () => {
      await postgres.run(code.startsWith("begin;") ? `${code}\nrollback;` : `begin;\n${code}\nrollback;`);
    });
  }
});
