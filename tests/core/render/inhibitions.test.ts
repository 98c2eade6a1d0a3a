import assert from "node:assert/strict";
import { resolve } from "node:path";
import { describe, it } from "@jest/globals";
import type { Receiver, Receivers } from "../../../core/model/receiver";
import { loadProject } from "../../../project";
import { renderInhibitions } from "../../../core/render/inhibitions";
import { alerts as mc } from "../../../services/mc/alerts";

const somebody: Receiver = { type: "webhook", url: { name: "hook", key: "url" } };
const project = loadProject(resolve(__dirname, "../../.."));
const warningExplains = {
  ...project,
  cascades: [{ upstream: mc.highMailboxDepth, downstream: [mc.criticalMailboxDepth], reason: "The other way round." }],
};

/** What silences something. */
function sources(model: typeof project, receivers: Receivers): readonly string[] {
  return renderInhibitions(model, receivers).flatMap(({ sourceMatch }) =>
    sourceMatch.map(({ name, value }) => `${name} ${value}`),
  );
}

describe("an alert that nobody is told of silences none", () => {
  const burns = ["burn_rate 14.4", "burn_rate 6", "burn_rate 3"];
  const rows: readonly { name: string; receivers: Receivers; silencing: readonly string[] }[] = [
    { name: "a warning where only pages are told", receivers: { page: somebody }, silencing: burns.slice(0, 2) },
    {
      name: "a warning where warnings are told does",
      receivers: { warning: somebody },
      silencing: ["alertname MCHighMailboxDepth", ...burns],
    },
    {
      name: "a warning where it is told as info does",
      receivers: { info: somebody },
      silencing: ["alertname MCHighMailboxDepth", ...burns],
    },
    {
      name: "all do where routing is somebody else's",
      receivers: {},
      silencing: ["alertname MCHighMailboxDepth", ...burns],
    },
    {
      name: "all do where only the watchdog is told",
      receivers: { watchdog: { type: "webhook", url: { name: "hook", key: "url" } } },
      silencing: ["alertname MCHighMailboxDepth", ...burns],
    },
  ];
  for (const { name, receivers, silencing } of rows) {
    it(name, () => assert.deepEqual(sources(warningExplains, receivers), silencing));
  }
});
