import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { CheckFailure, DiffResult } from "@pulumi/pulumi/provider";
import type { GrafanaKind } from "./kind";
import { asProperties, isProperties, type Properties } from "../provider/property-values";
import { checkUid } from "./uid";

/** `grafana:oss/dashboard:Dashboard`: one JSON file, in the folder of its Grafana folder. */
export const dashboardKind: GrafanaKind = {
  noun: "dashboard",
  uidProperty: "configJson",
  uid: (inputs) => textOf(parseModel(inputs["configJson"])?.["uid"]),
  check: checkDashboard,
  claims(inputs) {
    const title = textOf(parseModel(inputs["configJson"])?.["title"]);
    return [
      {
        property: "configJson",
        identity: join(folderUid(inputs) ?? "", title),
        words: `A dashboard titled ${JSON.stringify(title)} in the same folder`,
      },
    ];
  },
  needsFolder: folderUid,
  path: (inputs) => join("grafana", "dashboards", folderUid(inputs) ?? "", `${dashboardKind.uid(inputs)}.json`),
  render: (inputs) => `${JSON.stringify(withoutId(parseModel(inputs["configJson"]) ?? {}), null, 2)}\n`,
  outputs: (inputs) => ({ uid: dashboardKind.uid(inputs), url: `/d/${dashboardKind.uid(inputs)}` }),
  withoutOutputs: ({ uid: _uid, url: _url, ...inputs }) => inputs,
  read(content, inputs) {
    const onDisk = parseModel(content);
    const declared = withoutId(parseModel(inputs["configJson"]) ?? {});
    if (onDisk !== undefined && onDisk["uid"] !== dashboardKind.uid(inputs)) return undefined;
    if (isDeepStrictEqual(onDisk, declared)) return inputs;
    // Of a file that is no longer JSON only the identity is left.
    return { ...inputs, configJson: JSON.stringify(onDisk ?? { uid: dashboardKind.uid(inputs) }) };
  },
  diff: diffDashboard,
};

function checkDashboard(inputs: Properties): CheckFailure[] {
  const property = "configJson";
  const model = parseModel(inputs[property]);
  if (model === undefined) return [{ property, reason: "Not a JSON object." }];
  const failures = checkUid({ property, uid: model["uid"], noun: "dashboard" });
  if (textOf(model["title"]).trim() === "") failures.push({ property, reason: "A dashboard needs a title." });
  if (folderUid(inputs) === undefined)
    failures.push({ property: "folder", reason: "The embedded target keeps dashboards in folders: give it the uid of one." });
  return failures;
}

function diffDashboard(before: Properties, after: Properties): DiffResult {
  const models = [before, after].map(({ configJson }) => withoutId(parseModel(configJson) ?? {}));
  const moved = folderUid(before) !== folderUid(after);
  const replaces = dashboardKind.uid(before) === dashboardKind.uid(after) ? [] : ["configJson"];
  return { changes: moved || !isDeepStrictEqual(models[0], models[1]), replaces };
}

// The SDK takes a folder's uid, or its id, which is "<organisation>:<uid>".
function folderUid(inputs: Properties): string | undefined {
  const uid = textOf(inputs["folder"]).replace(/^\d+:/, "");
  return uid === "" ? undefined : uid;
}

// Grafana numbers dashboards itself, a different number in each instance.
function withoutId(model: Properties): Properties {
  return Object.fromEntries(Object.entries(model).filter(([key]) => key !== "id"));
}

function parseModel(text: unknown): Properties | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const model: unknown = JSON.parse(text);
    return isProperties(model) ? asProperties(model) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
