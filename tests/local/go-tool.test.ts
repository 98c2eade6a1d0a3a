import assert from "node:assert/strict";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "@jest/globals";
import { isOlder, parseGoMod, provideGoTool } from "../../local/go-tool";
import { temporaryFolder } from "./temporary-folder";

const goMod = `module example.com/tools/thing

go 1.26

tool github.com/example/thing/pkg/v3/cmd/thing

require (
	github.com/example/thing v1.0.0 // indirect
	github.com/example/thing/pkg/v3 v3.259.0 // indirect
	github.com/example/thing/sdk/v3 v3.258.0 // indirect
)
`;

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

test("a go.mod without a tool is refused", () => {
  assert.throws(() => parseGoMod("thing", "module a\n\ngo 1.26\n"), {
    message: 'tools/thing/go.mod has no "tool" or no "go" line.',
  });
});

test("a go.mod that does not require the tool's module is refused", () => {
  assert.throws(() => parseGoMod("thing", "module a\n\ngo 1.26\n\ntool example.com/thing\n"), {
    message: "tools/thing/go.mod requires no module of example.com/thing.",
  });
});

for (const name of ["pulumi", "promtool", "prometheus", "alertmanager", "actionlint"]) {
  test(`the project pins ${name}`, () => {
    const text = readFileSync(resolve(__dirname, "../../tools", name, "go.mod"), "utf8");
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

/** A project that pins a tool, and a `go` of our own on the PATH. */
function projectWithGo(script: string): string {
  const projectRoot = temporaryFolder();
  mkdirSync(join(projectRoot, "tools", "thing"), { recursive: true });
  writeFileSync(join(projectRoot, "tools", "thing", "go.mod"), goMod);
  mkdirSync(join(projectRoot, "path"));
  writeFileSync(join(projectRoot, "path", "go"), `#!/bin/sh\n${script}\n`);
  chmodSync(join(projectRoot, "path", "go"), 0o755);
  return projectRoot;
}

async function provide(projectRoot: string, path: string): Promise<{ folder: string; notes: string[] }> {
  const notes: string[] = [];
  const before = process.env["PATH"];
  process.env["PATH"] = path;
  try {
    return { folder: await provideGoTool("thing", { projectRoot, note: (line) => notes.push(line) }), notes };
  } finally {
    process.env["PATH"] = before;
  }
}

test("without Go, the message says what to install", async () => {
  const projectRoot = projectWithGo("");
  await assert.rejects(provide(projectRoot, join(projectRoot, "empty")), {
    name: "UserError",
    message:
      "There is no Go on the PATH: thing is built from source, once, and needs Go 1.26 or newer. Install it from https://go.dev/dl and try again.",
  });
});

test("with an old Go, the message says which is needed", async () => {
  const projectRoot = projectWithGo("echo go version go1.22.1 linux/amd64");
  await assert.rejects(provide(projectRoot, join(projectRoot, "path")), {
    name: "UserError",
    message:
      "Go 1.22.1 is too old: thing is built from source, once, and needs Go 1.26 or newer. Install it from https://go.dev/dl and try again.",
  });
});

const working =
  'if [ "$1" = version ]; then echo go version go1.26.8; exit; fi\nwhile [ "$1" != -o ]; do shift; done\necho built > "$2"';

test("a tool is built once and kept under its version", async () => {
  const projectRoot = projectWithGo(working);
  const path = `${join(projectRoot, "path")}:/bin:/usr/bin`;
  const first = await provide(projectRoot, path);
  assert.equal(first.folder, join(projectRoot, ".cache", "tools", "thing-v3.259.0"));
  assert.equal(readFileSync(join(first.folder, "bin", "thing"), "utf8"), "built\n");
  assert.match(
    first.notes.join("\n"),
    /^Building thing v3\.259\.0 from source, once \(about 4 minutes\) …\nBuilt thing v3\.259\.0 in \d+ s\.$/,
  );
  assert.deepEqual((await provide(projectRoot, path)).notes, []);
});

test("a build that fails leaves no tool, and says what Go said", async () => {
  const projectRoot = projectWithGo(
    'if [ "$1" = version ]; then echo go version go1.26.8; exit; fi\necho no network >&2\nexit 1',
  );
  const path = `${join(projectRoot, "path")}:/bin:/usr/bin`;
  const failure = { name: "UserError", message: 'Building thing failed. "go build" says:\nno network' };
  await assert.rejects(provide(projectRoot, path), failure);
  await assert.rejects(provide(projectRoot, path), failure);
});
