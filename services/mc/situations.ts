import type { Service } from "../../core/model";
import { actorAlerts } from "./actor-alerts";
import { sessionAlerts } from "./session-alerts";

/** Where more must come of a standard situation than for a service that holds nothing. */
export const situations: NonNullable<Service["situations"]> = {
  "one-crash": { expect: { type: "page", within: "3m" }, because: "A crash ends every meeting of the instance." },
  "first-error": {
    expect: {
      type: "told",
      pages: [{ anyOf: [actorAlerts.actorPanic.name], within: "2m" }],
      warnings: [{ anyOf: [sessionAlerts.fencedOut.name], within: "2m" }],
    },
    because: "Any panic of an actor loses what it held, and being fenced out is never right.",
  },
};
