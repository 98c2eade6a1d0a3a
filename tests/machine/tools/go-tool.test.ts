import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "@jest/globals";
import { isOlder, parseGoMod } from "../../../machine/tools/go-tool";
import { buildingGo, goMod, pinnedTool, provideThing } from "./pinned-tool";

test("a tool's version is that of the module which it is part of", () => {
  assert.deepEqual(parseGoMod("thing", goMod), {
    name: "thing",
    package: "github.com/example/thing/pkg/v3/cmd/thing",
    version: "v3.259.0",
    minimumGo: "1.26",
  });
});

test("a single required module is read as well", () => {
  const single = "module a\n\ngo 1.26.7\n\ntool example.com/thing/cmd/thing\n\nrequire example.com/thing v1.2.3\n";
  assert.equal(parseGoMod("thing", single).version, "v1.2.3");
});

test("a tool that is the whole of its module is read as well", () => {
  const whole =
    "module a\n\ngo 1.26.7\n\ntool example.com/thing\n\nrequire (\n\texample.com/thing v1.2.3\n\texample.com/thing2 v9.9.9\n)\n";
  assert.equal(parseGoMod("thing", whole).version, "v1.2.3");
});

test("a go.mod without a tool is refused", () => {
  assert.throws(() => parseGoMod("thing", "module a\n\ngo 1.26\n"), {
    message: 'modules/thing/go.mod has no "tool" or no "go" line.',
  });
});

test("a go.mod that does not require the tool's module is refused", () => {
  assert.throws(() => parseGoMod("thing", "module a\n\ngo 1.26\n\ntool example.com/thing\n"), {
    message: "modules/thing/go.mod requires no module of example.com/thing.",
  });
});

for (const name of ["pulumi", "promtool", "prometheus", "alertmanager", "actionlint"]) {
  test(`the project pins ${name}`, () => {
    const text = readFileSync(resolve(__dirname, "../../../machine/tools/modules", name, "go.mod"), "utf8");
    assert.match(parseGoMod(name, text).version, /^v\d+\.\d+\.\d+$/);
  });
}

const versions: [string, string, boolean][] = [
  ["1.25.9", "1.26", true],
  ["1.26.0", "1.26", false],
  ["1.26.6", "1.26.7", true],
  ["1.26.10", "1.26.7", false],
  ["2.0", "1.26.7", false],
  ["v3.248.0", "3.248.0", false],
  ["3.247.9", "3.248.0", true],
];

for (const [version, than, expected] of versions) {
  test(`${version} is ${expected ? "" : "not "}older than ${than}`, () => assert.equal(isOlder(version, than), expected));
}

test("without Go, the message says what to install", async () => {
  const tool = pinnedTool();
  const nowhere = { ...tool, path: join(tool.projectRoot, "empty") };
  await assert.rejects(provideThing(nowhere, {}), {
    name: "UserError",
    message:
      "There is no Go on the PATH: thing is built from source, once, and needs Go 1.26 or newer. Install it from https://go.dev/dl and try again.",
  });
});

test("with an old Go, the message says which is needed", async () => {
  await assert.rejects(provideThing(pinnedTool("echo go version go1.22.1 linux/amd64")), {
    name: "UserError",
    message:
      "Go 1.22.1 is too old: thing is built from source, once, and needs Go 1.26 or newer. Install it from https://go.dev/dl and try again.",
  });
});

test("a tool is built once and kept under its version, its platform and what it is made of", async () => {
  const tool = pinnedTool(buildingGo);
  const first = await provideThing(tool);
  const name = `thing-v3.259.0-built-${process.platform}-${process.arch}-`;
  assert.ok(first.folder.startsWith(join(tool.cache, "tools", name)), first.folder);
  assert.equal(readFileSync(join(first.folder, "bin", "thing"), "utf8"), "built\n");
  assert.match(
    first.notes.join("\n"),
    /^Building thing v3\.259\.0 from source, once \(about 4 minutes\) …\nBuilt thing v3\.259\.0 in \d+ s\.$/,
  );
  assert.deepEqual(await provideThing(tool), { folder: first.folder, notes: [] });
});

test("a second clone uses what the first one has built, without Go", async () => {
  const first = pinnedTool();
  const { folder } = await provideThing(first);
  const second = pinnedTool("exit 1");
  assert.deepEqual(await provideThing({ ...second, cache: first.cache }), { folder, notes: [] });
});

test("a build that fails leaves nothing, and says what Go said", async () => {
  const tool = pinnedTool('if [ "$1" = version ]; then echo go version go1.26.8; exit; fi\necho no network >&2\nexit 1');
  const failure = { name: "UserError", message: 'Building thing failed. "go build" says:\nno network' };
  await assert.rejects(provideThing(tool), failure);
  await assert.rejects(provideThing(tool), failure);
  assert.equal(readdirSync(join(tool.cache, "tools")).join(), "");
});
