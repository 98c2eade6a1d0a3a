import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Change } from "../../../core/model/change";
import type { Deployed } from "../../../core/model/deployed";
import type { Snapshot } from "../../../machine/preview/compare";
import { markNew, newServicesOf } from "../../../machine/preview/new-services";

const alert = { expression: "", for: "", keepFiringFor: "", severity: "page", condition: "", summary: "", impact: "", panel: "" };

function snapshot(services: readonly string[], dependencies: Readonly<Record<string, readonly string[]>> = {}): Snapshot {
  const alerts: Deployed["alerts"] = new Map(
    services.map((id) => [`${id.toUpperCase()}Down`, { ...alert, section: `${id}/incident-response.md#down` }]),
  );
  const none = new Map<string, never>();
  return {
    deployed: {
      ...{ alerts, recordingRules: none, dashboards: none, panels: none, sections: none, receivers: none },
      inhibitions: new Set(),
    },
    outputs: {
      services: Object.fromEntries(services.map((id) => [id, { alerts: 1, dashboards: { [`${id}-overview`]: "https://x" } }])),
      dependencies,
    },
  };
}

describe("a service of which the base has deployed nothing", () => {
  const after = snapshot(["gc", "m", "mh"], { mh: ["gc"], gc: ["mh", "redis"] });

  it("is new, with those that it depends on and that depend on it", () => {
    assert.deepEqual(newServicesOf(snapshot(["gc", "m"]), after), [{ id: "mh", dependsOn: ["gc"], neededBy: ["gc"] }]);
    assert.deepEqual(newServicesOf(after, after), []);
  });

  it("is none where nothing was deployed: then everything is new", () => {
    assert.deepEqual(newServicesOf(snapshot([]), after), []);
  });

  it("owns what is added with it, and nothing that another service has", () => {
    const of = (kind: Change["kind"], name: string, key?: string, action: Change["action"] = "added"): Change => ({
      ...{ kind, action, name },
      ...(key !== undefined && { key }),
    });
    const own = [
      of("alert", "MHDown"),
      of("runbook section", "mh/incident-response.md#down"),
      of("inhibition", "MHDown silences GCDown with the same namespace"),
      of("objective", "mh-forwarding"),
      of("recording rule", "slo:mh_forwarding:error_ratio_rate5m"),
      of("recording rule", "mh:mh_jitter_seconds:p95_5m"),
      of("dashboard", "mh-overview"),
      of("panel", "MH / Up", "mh-overview/12"),
    ];
    const others = [
      of("alert", "GCDown"),
      of("alert", "MHDown", undefined, "removed"),
      of("runbook section", "mhx/incident-response.md#down"),
      of("inhibition", "GCDown silences MDown with the same namespace"),
      of("objective", "m-h"),
      of("recording rule", "slo:xmh_forwarding:error_ratio_rate5m"),
      of("panel", "GC / MH", "gc-overview/12"),
      of("receiver", "mh"),
    ];
    const marked = markNew([...own, ...others], after, [{ id: "mh", dependsOn: [], neededBy: [] }]);
    assert.deepEqual(
      marked.map(({ newService }) => newService),
      [...own.map(() => "mh"), ...others.map(() => undefined)],
    );
  });
});
