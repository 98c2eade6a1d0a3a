import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { z } from "zod";
import { belongingsOf } from "../../../core/render/import/belongings";
import type { Change } from "../../../core/model/change";
import { environment } from "../../core/render/environment";
import { configuration, rightFiles } from "../repository";
import { changesBetween, documentsOf, told, type Documents } from "./compared";
import { compilerFaults, declared, imported, modelOf, runbooksOf } from "./imported";

/** What a team deploys of a service today; its runbooks have moved with their names. */
function deployedToday(id: string): Documents {
  const { rules } = belongingsOf(id, modelOf(rightFiles, configuration));
  const moved = (url: string): string =>
    url.replace(/^.*docs\/runbooks\/(\w+)(?:\.md)?/, `${environment.runbookBaseUrl}/${id}/$1.md`);
  const dashboard = rightFiles.get(`grafana/${id}-overview.json`);
  return {
    groups: [
      {
        name: id,
        rules: rules.map(({ kind, name, expr, for: held, keepFiringFor, labels, annotations }) => ({
          [kind]: name,
          expr,
          for: held,
          keep_firing_for: keepFiringFor,
          labels,
          annotations: { ...annotations, runbook_url: moved(annotations["runbook_url"] ?? "") },
        })),
      },
    ],
    dashboards:
      dashboard === undefined ? [] : [JSON.stringify(JSON.parse(dashboard.replace(/^\s*\{\s*"dashboard":(.*)\}\s*$/s, "$1")))],
    runbooks: {},
  };
}

/** What changes beside links that are added, texts that are left to fill in, and how panels are drawn. */
const listed: Readonly<Record<string, readonly string[]>> = {
  mc: [
    // An anchor in HTML: the heading behind it.
    "alert | changed | MCDropped | runbook section | https://runbooks.example.com/mc/mc.md#custom-anchor | mc/mc.md#dropped-messages",
    // What no runbook of the repository tells of has a section to write.
    "alert | changed | MCLegacy | runbook section |  | mc/to-write.md#mclegacy",
    "alert | changed | MCNodeDisk | runbook section | https://runbooks.prometheus-operator.dev/runbooks/node/nodefilesystemspacefillingup | mc/to-write.md#mcnodedisk",
    "dashboard | changed | mc-overview | rows | Meetings, More (closed) | Meetings, More, Alerts (closed)",
    "dashboard | changed | mc-overview | choices | ds, actor, window, by, n | datasource, actor, window, by, n",
    "panel | removed | MC overview / Logs |  |  | ",
    "panel | removed | MC overview / Text |  |  | ",
    "panel | removed | MC overview / SQL |  |  | ",
    "panel | changed | MC overview / Success | unit | percent | short",
    "panel | added | MC overview / MCLegacy |  |  | ",
    "panel | added | MC overview / MCNodeDisk |  |  | ",
  ],
  gc: [
    "alert | changed | GCQueue | runbook section |  | gc/to-write.md#gcqueue",
    "alert | changed | GCReplicas | runbook section | https://runbooks.example.com/gc/gc.md | gc/gc.md#gc-incidents",
    "alert | changed | GCProbe | runbook section |  | gc/to-write.md#gcprobe",
    "alert | changed | GCRestarts | runbook section | https://runbooks.example.com/gc/gc.md | gc/gc.md#gc-incidents",
    "dashboard | changed | gc-overview | rows |  | Alerts",
    "dashboard | changed | gc-overview | choices |  | datasource",
    "panel | added | GC overview / GCProbe |  |  | ",
    "panel | added | GC overview / GCRestarts |  |  | ",
  ],
  ac: [],
};

function isListedElsewhere({ kind, what, before, after = "" }: Change): boolean {
  const isAddedLink = what === "panel" && before === "";
  return isAddedLink || what === "look" || after.startsWith("FILL IN: ") || kind === "runbook section";
}

describe.each(["mc", "gc", "ac"])("the service %s of a team's repository, imported", (id) => {
  const result = imported(id, rightFiles, configuration);

  it("compiles", () => assert.deepEqual(compilerFaults(result.files), []));

  it("changes nothing but what is listed, and the links that were added", () => {
    const now = documentsOf(declared(id, result.files), runbooksOf(result));
    const before = { ...deployedToday(id), runbooks: now.runbooks };
    const known = new Set(before.dashboards.map(uidIn));
    const after = { ...now, dashboards: now.dashboards.filter((text) => known.has(uidIn(text))) };
    const changes = changesBetween(before, after).filter((change) => !isListedElsewhere(change));
    assert.deepEqual(changes.map(told), listed[id]);
  });

  it("names what a person has to decide, each in a sentence with its place", () => {
    for (const { subject, message } of result.decisions) {
      assert.ok(subject.at !== undefined || subject.line !== undefined, message);
      assert.match(message, /^[a-z].*[.?]$/);
    }
  });
});

function uidIn(text: string): string {
  return z.object({ uid: z.string() }).parse(JSON.parse(text)).uid;
}
