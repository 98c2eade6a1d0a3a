import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { readGoTool } from "../../../machine/tools/go-tool";
import { readRelease } from "../../../machine/tools/release";

const root = resolve(__dirname, "../../..");

describe("the pinned release of Pulumi", () => {
  for (const platform of ["linux-x64", "linux-arm64", "darwin-x64", "darwin-arm64"])
    it(`is there for ${platform}, in the version that is built elsewhere`, () => {
      const release = readRelease(root, "pulumi", platform);
      assert.equal(release?.version, readGoTool(root, "pulumi").version);
      assert.equal(
        release.url,
        `https://github.com/pulumi/pulumi/releases/download/${release.version}/pulumi-${release.version}-${platform}.tar.gz`,
      );
    });

  it("is not there for a platform whose checksum is not known", () => {
    assert.equal(readRelease(root, "pulumi", "win32-x64"), undefined);
  });
});
