import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { describe, it } from "@jest/globals";
import { atTestEnd } from "../../at-test-end";
import { seriesOf } from "./live-series";
import { startPrometheus } from "./prometheus-server";

const root = resolve(__dirname, "../../..");

/** Runs the command as npm does, without a terminal; `react` sees all that is printed so far. */
async function run(args: readonly string[], react: (printed: string, kill: () => void) => void = () => undefined) {
  const child = spawn(process.execPath, [join(root, "run.mjs"), "gate", ...args], {
    stdio: ["ignore", "pipe", "pipe"],
    // Where CI is set, what is printed has colors without a terminal, too.
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
  });
  atTestEnd(() => child.kill("SIGKILL"));
  let printed = "";
  let isInterrupted = false;
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      react(printed, () => {
        // Once: what it prints at the end comes when nobody listens for a second one any more.
        if (!isInterrupted) child.kill("SIGINT");
        isInterrupted = true;
      });
    });
  await once(child, "close");
  return { code: child.exitCode, printed };
}

describe("node run.mjs gate", () => {
  it("explains itself", async () => {
    const { code, printed } = await run(["--help"]);
    assert.equal(code, 0);
    assert.match(printed, /^Usage: npm run gate -- <service> <phase> \[options\]\n[^]+Exits with\n {2}0 /);
  });

  it("refuses a wrong word in one line, without a stack", async () => {
    const { code, printed } = await run(["mc", "drain", "--pod", "mc-7"]);
    assert.equal(code, 2);
    assert.equal(printed, 'There is no controller "mc-7". Allowed: mc-0, mc-1.\n');
  });

  it("exits with 2 when it cannot tell, and with 130 when it is interrupted while it waits", async () => {
    const prometheus = await startPrometheus();
    atTestEnd(prometheus.stop);
    await prometheus.push(seriesOf({}));
    const args = ["mc", "before", "--pod", "mc-0", "--prometheus", prometheus.url];
    const once = await run(args);
    assert.equal(once.code, 2, once.printed);
    assert.match(once.printed, /holds +mc\/before\/gc-ready[^]+others-have-room cannot tell: no --database was given\./);
    const waiting = await run([...args, "--watch"], (printed, interrupt) => {
      if (printed.includes("others-have-room cannot tell")) interrupt();
    });
    assert.equal(waiting.code, 130, waiting.printed);
    assert.match(waiting.printed, /\nInterrupted: nothing is said about the gates\.\n$/);
  });
});
