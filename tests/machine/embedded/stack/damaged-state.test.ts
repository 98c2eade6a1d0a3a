import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, it } from "@jest/globals";
import { mendState } from "../../../../machine/embedded/stack/damaged-state";

const state = JSON.stringify({
  version: 3,
  checkpoint: {
    latest: {
      resources: Array.from({ length: 20 }, (_, number) => ({
        urn: `urn:pulumi:dev::p::t::r${number}`,
        type: "t",
        custom: true,
      })),
    },
  },
});
const former = state.replace("r19", "r18b");

describe("a state that was cut off", () => {
  let projectRoot = "";
  let notes: string[] = [];
  const path = (...below: readonly string[]): string => join(projectRoot, ".local", "dev", ...below);
  const file = (): string => path("state", ".pulumi", "stacks", "p", "dev.json");
  const write = (name: string, text: string | Uint8Array): void => {
    mkdirSync(dirname(name), { recursive: true });
    writeFileSync(name, text);
  };
  const mend = (): boolean =>
    mendState({ projectRoot, projectName: "p", stackName: "dev", stackFolder: path(), note: (line) => notes.push(line) });

  beforeEach(() => {
    projectRoot = mkdtempSync(join(tmpdir(), "damaged-"));
    notes = [];
    write(file(), state);
    write(`${file()}.bak`, former);
    write(path("state", ".pulumi", "meta.yaml"), "version: 1\n");
    write(path("passphrase"), "a passphrase\n");
  });
  afterEach(() => rmSync(projectRoot, { recursive: true }));

  for (let cut = 0; cut < 20; cut += 1) {
    const offset = Math.floor((cut * state.length) / 20);
    it(`after ${offset} of ${state.length} bytes is set aside for the one before it, in one sentence`, () => {
      write(file(), state.slice(0, offset));
      assert.equal(mend(), true);
      assert.equal(readFileSync(file(), "utf8"), former);
      assert.equal(readFileSync(`${file()}.set-aside`, "utf8"), state.slice(0, offset));
      assert.deepEqual(notes, [
        ".local/dev/state/.pulumi/stacks/p/dev.json is damaged: the state is made anew from what is deployed. Nothing else is to be done.",
      ]);
    });

    it(`after ${offset} bytes, with what was before it cut off too, leaves no state, to be made anew`, () => {
      write(file(), state.slice(0, offset));
      write(`${file()}.bak`, former.slice(0, offset));
      assert.equal(mend(), true);
      assert.equal(existsSync(file()), false);
    });
  }

  it("is left alone when it is whole", () => {
    assert.equal(mend(), false);
    assert.equal(readFileSync(file(), "utf8"), state);
    assert.deepEqual(notes, []);
  });

  it("that is no JSON at all, or other JSON, is set aside as well", () => {
    for (const text of [Buffer.from([0, 255, 254, 0]), "[]", '{"version": 3}', "null", "<html>"]) {
      write(file(), text);
      assert.equal(mend(), true, String(text));
    }
  });

  it("cannot be read without its passphrase, and is made anew as well", () => {
    write(path("passphrase"), "");
    assert.equal(mend(), true);
    assert.equal(existsSync(file()), false);
    assert.match(notes.join(), /^\.local\/dev\/passphrase is gone, and the state cannot be read without it: /);
  });
});
