import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import type { Alert } from "../../../core/model/alert";
import { toldAs, type Receiver, type Receivers } from "../../../core/model/receiver";

const somebody: Receiver = { type: "slack", url: { name: "slack", key: "url" }, channel: "#alerts" };

/** As whose receiver's page, warning, info and none are told. */
const rows: readonly { name: string; receivers: Receivers; told: Readonly<Record<Alert["severity"], string | undefined>> }[] = [
  {
    name: "with a receiver for each severity",
    receivers: { page: somebody, warning: somebody, info: somebody },
    told: { page: "page", warning: "warning", info: "info", none: undefined },
  },
  {
    name: "with one for warnings",
    receivers: { warning: somebody },
    told: { page: "warning", warning: "warning", info: undefined, none: undefined },
  },
  {
    name: "with one for pages",
    receivers: { page: somebody },
    told: { page: "page", warning: undefined, info: undefined, none: undefined },
  },
  {
    name: "with one for info",
    receivers: { info: somebody },
    told: { page: "info", warning: "info", info: "info", none: undefined },
  },
  {
    name: "with ones for pages and info",
    receivers: { page: somebody, info: somebody },
    told: { page: "page", warning: "info", info: "info", none: undefined },
  },
  { name: "with none", receivers: {}, told: { page: undefined, warning: undefined, info: undefined, none: undefined } },
];

describe("a severity is told as itself or as the next lower one that has a receiver", () => {
  for (const { name, receivers, told } of rows) {
    it(name, () => {
      const severities = ["page", "warning", "info", "none"] as const;
      assert.deepEqual(Object.fromEntries(severities.map((severity) => [severity, toldAs(severity, receivers)])), told);
    });
  }
});
