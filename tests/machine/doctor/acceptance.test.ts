import assert from "node:assert/strict";
import { join } from "node:path";
import { describe, it } from "@jest/globals";
import { runFilesCheck } from "../../../library/files/run-check";
import { runLiveChecks } from "../../../core/running/live-check";
import { ruleIsRunning } from "../../../core/running/rule-is-running";
import { declaredOf, prometheusOf, ruleOf } from "../../core/running/situation";
import { folderOf, told } from "../../files/small-repository";
import { play } from "../prometheus/playing-server";
import { declared, doctor } from "./shop";

/** Nothing answers: `server-answers` is all that is found. */
async function without(exceptions: string): Promise<Awaited<ReturnType<typeof doctor>>> {
  const { url } = await play((response) => response.writeHead(500).end());
  return doctor({ ...declared, "chain.yaml": `${declared["chain.yaml"] ?? ""}${exceptions}` }, { alertmanager: url });
}

describe("what somebody accepts of what runs", () => {
  it("is not told, and says why it is accepted, under the exceptions of chain.yaml", async () => {
    const accepted = "exceptions: [{ check: server-answers, reason: it moves, until: 2999-01-01 }]\n";
    assert.equal((await without("")).code, 2);
    assert.deepEqual(await without(accepted), { code: 0, lines: [] });
  });

  it("is told again when its time is over, and when it accepts nothing", async () => {
    const over = await without("exceptions: [{ check: server-answers, reason: it moves, until: 2020-01-01 }]\n");
    assert.equal(over.code, 2);
    assert.ok(over.lines.some((line) => line.includes("the exception ended on 2020-01-01")));
    const idle = await without("exceptions: [{ check: rule-evaluates, reason: it moves, until: 2999-01-01 }]\n");
    assert.ok(idle.lines.some((line) => line.includes("the exception accepts nothing any more")));
  });

  it("is no matter of a check of files, nor are exceptions for files one of what runs", async () => {
    const files = (check: string) => ({
      ...declared,
      "chain.yaml": `${declared["chain.yaml"] ?? ""}exceptions: [{ check: ${check}, reason: it moves, until: 2999-01-01 }]\n`,
    });
    const config = join(folderOf(files("rule-is-running")), "chain.yaml");
    const { text } = told(() => runFilesCheck({ config, format: "text", changedSince: undefined, writesBaseline: false }));
    assert.doesNotMatch(text, /exception/);
    const { lines } = await without("exceptions: [{ check: link-exists, reason: it moves, until: 2999-01-01 }]\n");
    assert.ok(!lines.some((line) => line.includes("exception")));
  });

  it("may stand beside a declaration of a program", () => {
    const subject = { file: "alerts.ts", name: "A", accepts: { "rule-is-running": "It comes on Monday." } };
    const declaration = declaredOf({ rules: [ruleOf("up", { subject })] });
    const { findings, accepted } = runLiveChecks([ruleIsRunning], declaration, prometheusOf({}, { rules: { data: [] } }));
    assert.deepEqual([findings, accepted.map(({ reason }) => reason)], [[], ["It comes on Monday."]]);
  });
});
