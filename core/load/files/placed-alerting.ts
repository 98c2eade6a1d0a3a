import type { Alerting } from "../../model/alerting";
import type { Subject } from "../../model/finding";
import { below } from "../../model/files/place";
import { readAlerting } from "../alerting";
import type { Document } from "./documents";
import { mapOf } from "./shape";

/** Whether a document is an AlertmanagerConfig of the Prometheus operator. */
export function holdsAlertmanagerConfig({ value }: Document): boolean {
  return mapOf(value)["kind"] === "AlertmanagerConfig";
}

/** What an alertmanager.yaml says, with where each part of it stands. */
export function readPlacedAlerting(file: string, { value, at }: Document): Alerting<{ readonly subject: Subject }> {
  const { inhibitions, routes, receivers } = readAlerting(value);
  const placed = <T extends { readonly path: readonly (string | number)[] }>({ path, ...rest }: T) => ({
    ...rest,
    subject: { file, at: below(at, ...path) },
  });
  return { inhibitions: inhibitions.map(placed), routes: routes.map(placed), receivers: receivers.map(placed) };
}
