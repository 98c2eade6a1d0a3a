import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { describeFailure, describeServer, withoutPasswords } from "../../../machine/system/failure";

describe("a failure", () => {
  it("is told by its causes", () => {
    const refused = new AggregateError([new Error("connect ECONNREFUSED ::1:9"), new Error("connect ECONNREFUSED 127.0.0.1:9")]);
    assert.equal(
      describeFailure(new TypeError("fetch failed", { cause: refused })),
      "connect ECONNREFUSED ::1:9, connect ECONNREFUSED 127.0.0.1:9",
    );
  });

  it("is told without a password, however it is written", () => {
    const urls = ["postgres://u:a%20b@h/d", "postgres://h/d?password=other"];
    assert.equal(withoutPasswords("a b, a%20b, other", urls), "***, ***, ***");
  });

  it("names a server without user, password and parameters", () => {
    assert.equal(describeServer("postgres://u:p@h:5432/gc?password=p"), "postgres://h:5432/gc");
  });
});
