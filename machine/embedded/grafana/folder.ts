import type { CheckFailure } from "@pulumi/pulumi/provider";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { stringify } from "yaml";
import type { GrafanaKind } from "./kind";
import { checkUid } from "./uid";
import { parseManifest } from "../provider/manifest";
import { asProperties, isSameValue, type Properties } from "../provider/property-values";

/** `grafana:oss/folder:Folder`: a provisioning file of its own, which gives the folder its uid and title. */
export const folderKind: GrafanaKind = {
  noun: "folder",
  uidProperty: "uid",
  uid: (inputs) => textOf(inputs["uid"]),
  check: checkFolder,
  claims: () => [],
  needsFolder: () => undefined,
  path: (inputs) => join("grafana", "provisioning", "dashboards", `${folderKind.uid(inputs)}.yaml`),
  render: (inputs) => `${comment}${stringify(provisioning(inputs), { lineWidth: 0 })}`,
  outputs: (inputs) => ({ uid: folderKind.uid(inputs), url: `/dashboards/f/${folderKind.uid(inputs)}` }),
  withoutOutputs: ({ url: _url, ...inputs }) => inputs,
  read(content, inputs) {
    const onDisk = parseManifest(content);
    if (isDeepStrictEqual(onDisk, provisioning(inputs))) return inputs;
    const [entry] = Array.isArray(onDisk?.["providers"]) ? onDisk["providers"].map(asProperties) : [];
    if (entry?.["folderUid"] !== undefined && entry["folderUid"] !== inputs["uid"]) return undefined;
    // Anything else that was changed by hand shows as a changed title, which the next update puts right.
    const title = entry?.["folder"];
    return { ...inputs, title: typeof title === "string" && title !== inputs["title"] ? title : "" };
  },
  diff(before, after) {
    const replaces = before["uid"] === after["uid"] ? [] : ["uid"];
    return { changes: replaces.length > 0 || !isSameValue(before["title"], after["title"]), replaces };
  },
};

const comment = `# Grafana's file provisioning (docs: Provision Grafana, Dashboards). One file a folder, which keeps its uid and title.
# "path" is relative to the folder in which Grafana is started: copy or mount "dashboards" there, or make it absolute.
`;

function provisioning(inputs: Properties): Properties {
  const uid = folderKind.uid(inputs);
  return {
    apiVersion: 1,
    providers: [
      {
        name: uid,
        folder: inputs["title"],
        folderUid: uid,
        type: "file",
        allowUiUpdates: false,
        options: { path: `dashboards/${uid}` },
      },
    ],
  };
}

function checkFolder(inputs: Properties): CheckFailure[] {
  const failures = checkUid({ property: "uid", uid: inputs["uid"], noun: "folder" });
  if (inputs["uid"] === "general")
    failures.push({ property: "uid", reason: 'The uid "general" belongs to Grafana\'s own top level.' });
  if (textOf(inputs["title"]).trim() === "") failures.push({ property: "title", reason: "A folder needs a title." });
  if (inputs["parentFolderUid"] !== undefined)
    failures.push({ property: "parentFolderUid", reason: "Grafana's file provisioning has no nested folders." });
  return failures;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
