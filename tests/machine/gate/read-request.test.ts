import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { readRequest } from "../../../machine/gate/read-request";
import { description } from "../../../machine/gate/usage";
import { rollout } from "../../../services/mc/rollout";
import { services } from "../../../services";
import { readCommandLine } from "../../../machine/terminal/command-line";

const prometheus = "--prometheus http://localhost:9090";
const { drain } = rollout;
const read = (line: string) => readRequest(readCommandLine(line.split(" "), description), services);

describe("the command line of gate", () => {
  it("is read with the rollout's own deadline", () => {
    const request = read(`mc drain --pod mc-1 ${prometheus} --watch`);
    assert.equal(request.controller, "mc-1");
    assert.deepEqual(request.servers, { prometheus: "http://localhost:9090", timeoutSeconds: 10 });
    assert.deepEqual(request.waiting, { intervalSeconds: 10, deadlineMinutes: 60 });
    assert.equal(request.change, undefined);
  });

  it("waits 5 minutes where the rollout has no deadline, and as long as it is told", () => {
    assert.equal(read(`mc after --pod mc-0 ${prometheus} --watch`).waiting?.deadlineMinutes, 5);
    assert.equal(read(`mc drain --pod mc-0 ${prometheus} --watch --deadline-minutes 30`).waiting?.deadlineMinutes, 30);
  });

  it("needs no Prometheus to undo", () => {
    const request = read("mc drain --pod mc-0 --database postgres://localhost/gc --undo");
    assert.deepEqual(request.change, { type: "undo", statement: drain?.undo, isConfirmed: false });
  });

  it("finds the only controller of the GC by itself, and is told when the rollout began", () => {
    const request = read(`gc after ${prometheus} --since 1764288000 --format json`);
    assert.equal(request.controller, "gc-service");
    assert.equal(request.since, 1764288000);
    assert.equal(request.format, "json");
  });

  const help = "\nNothing was changed. What there is: npm run gate -- --help";
  const refused: readonly (readonly [line: string, message: string])[] = [
    [`xx before ${prometheus}`, 'There is no service "xx". Allowed: gc, mc.'],
    [`journeys before ${prometheus}`, 'Service "journeys" has no rollout. There is one for gc, mc.'],
    [`gc drain ${prometheus}`, 'The rollout of gc has no phase "drain": it has nothing to drain. Allowed: before, after.'],
    [`mc before --pod mc-0 ${prometheus} --since 1764288000`, "--since belongs to the phase after, not before."],
    [`mc after --pod mc-0 ${prometheus} --format xml`, `There is no format "xml". Allowed: text, json.${help}`],
    [`mc ${prometheus}`, "Which phase? Allowed: before, drain, after. See: npm run gate -- --help"],
    [`mc during ${prometheus}`, 'There is no phase "during". Allowed: before, drain, after.'],
    [`mc before now ${prometheus}`, `gate takes <service> <phase>: "now" is too much.${help}`],
    [`mc before ${prometheus}`, "Which controller? Name it with --pod: mc-0, mc-1."],
    [`mc before --pod mc-0-7c9d ${prometheus}`, 'There is no controller "mc-0-7c9d". Allowed: mc-0, mc-1.'],
    [
      "mc before --pod mc-0",
      "The gates of before ask Prometheus: give its URL with --prometheus, such as http://localhost:9090.",
    ],
    ["mc before --pod mc-0 --prometheus localhost:9090", "The value of --prometheus is no URL such as http://localhost:9090."],
    [
      `mc before --pod mc-0 ${prometheus} --database gc:secret`,
      "The value of --database is no URL such as postgres://reader@localhost:5432/gc.",
    ],
    [
      `mc before --pod mc-0 ${prometheus} --database postgres://u:100%@h/gc`,
      "The user or the password in --database has a % that encodes nothing: write it as %25.",
    ],
    [`mc before --pod mc-0 ${prometheus} --database `, "--database is empty: is the variable that it comes from set?"],
    [
      `mc before --pod mc-0 ${prometheus} --timeout-seconds 0`,
      '--timeout-seconds is "0"; it must be a number above 0, at most 600.',
    ],
    [
      `mc before --pod mc-0 ${prometheus} --watch --interval-seconds x`,
      '--interval-seconds is "x"; it must be a number above 0, at most 3600.',
    ],
    [`mc before --pod mc-0 ${prometheus} --mark-draining`, "--mark-draining belongs to the phase drain, not before."],
    [`mc drain --pod mc-0 ${prometheus} --mark-draining --undo`, "--mark-draining and --undo are opposites: give one of them."],
    [`mc drain --pod mc-0 ${prometheus} --yes`, "--yes confirms --mark-draining or --undo; there is neither."],
    [
      `mc drain --pod mc-0 ${prometheus} --undo --watch`,
      "--watch waits for the gates of drain, and --undo leaves them: give one of them.",
    ],
    [
      `mc drain --pod mc-0 ${prometheus} --mark-draining`,
      "The change is made in the GC database: give its URL with --database, such as postgres://writer@localhost:5432/gc.",
    ],
    [`mc drain --pods mc-0`, `gate has no option "--pods". Did you mean "--pod"?${help}`],
  ];
  for (const [line, message] of refused)
    it(`is refused: ${line}`, () => assert.throws(() => read(line), { name: "UserError", exitCode: 2, message }));
});
