import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { it } from "@jest/globals";
import { checks } from "../../../core/checks";
import { checkModel } from "../../../core/checks/check";
import { atInstallation } from "../../../core/render/at-installation";
import { writeRuleTests } from "../../../library/rule-test-files";
import { loadProject } from "../../../project";
import { temporaryFolder } from "../../machine/temporary-folder";
import { promtool } from "../../tools/promtool";
import { environment } from "./environment";

const { checked: model } = checkModel(loadProject(resolve(__dirname, "../../..")), checks);
assert.ok(model);

it("every alert of an installation fires and keeps quiet on its own series as it does where there is only one", async () => {
  const moved = atInstallation(model, { workloadNamespace: "dark-tower-b", externalLabels: { cluster: "eu-1" } });
  const { rules, tests } = writeRuleTests(temporaryFolder(), moved, environment);
  const command = await promtool();
  for (const args of [
    ["check", "rules", "--lint=all", "--lint-fatal", ...rules],
    ["test", "rules", ...tests],
  ]) {
    const { stdout, stderr, status } = spawnSync(command, args, { encoding: "utf8" });
    assert.equal(
      status,
      0,
      `${stdout}${stderr}`
        .split(/^(?=.*FAILED)/m)
        .slice(0, 4)
        .join("")
        .slice(0, 4000),
    );
  }
});
