import assert from "node:assert/strict";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "@jest/globals";
import { createProvider } from "../../../../machine/embedded/grafana/provider";
import { gone, ProviderCalls, urnOf } from "../provider/provider-calls";
import { temporaryFolder } from "../../temporary-folder";

const dashboardType = "grafana:oss/dashboard:Dashboard";
const folderUrn = urnOf("grafana:oss/folder:Folder", "mc");
const dashboardUrn = urnOf(dashboardType, "mc-overview");
const folder = { uid: "mc", title: "Meeting Controller" };
const model = { id: null, uid: "mc-overview", title: "MC overview", panels: [] };
const dashboard = (changes: object = {}) => ({
  configJson: JSON.stringify({ ...model, ...changes }),
  folder: "mc",
  overwrite: true,
});
const dashboardFile = "grafana/dashboards/mc/mc-overview.json";
const folderFile = "grafana/provisioning/dashboards/mc.yaml";

async function open(): Promise<{ provider: ProviderCalls; target: string }> {
  const target = temporaryFolder();
  const provider = new ProviderCalls(createProvider(target));
  await provider.create(folderUrn, folder);
  return { provider, target };
}

const refused: { what: string; urn: string; inputs: object; says: string[] }[] = [
  {
    what: "a model that is not JSON",
    urn: dashboardUrn,
    inputs: { ...dashboard(), configJson: "{" },
    says: ["configJson: Not a JSON object."],
  },
  {
    what: "a model that is a list",
    urn: dashboardUrn,
    inputs: { ...dashboard(), configJson: "[]" },
    says: ["configJson: Not a JSON object."],
  },
  { what: "no title", urn: dashboardUrn, inputs: dashboard({ title: "" }), says: ["configJson: A dashboard needs a title."] },
  {
    what: "no uid",
    urn: dashboardUrn,
    inputs: dashboard({ uid: undefined }),
    says: ["configJson: A dashboard needs a uid: Grafana would make one up, and no link could point there."],
  },
  {
    what: "a long uid",
    urn: dashboardUrn,
    inputs: dashboard({ uid: "a".repeat(41) }),
    says: [
      `configJson: The uid "${"a".repeat(41)}" is not valid: letters, digits, "-" and "_", at most 40 characters (it has 41).`,
    ],
  },
  {
    what: "a uid with a dot",
    urn: dashboardUrn,
    inputs: dashboard({ uid: "a.b" }),
    says: ['configJson: The uid "a.b" is not valid: letters, digits, "-" and "_", at most 40 characters (it has 3).'],
  },
  {
    what: "no folder",
    urn: dashboardUrn,
    inputs: { configJson: JSON.stringify(model) },
    says: ["folder: The embedded target keeps dashboards in folders: give it the uid of one."],
  },
  { what: "a folder without a title", urn: folderUrn, inputs: { uid: "mc" }, says: ["title: A folder needs a title."] },
  {
    what: "a folder without a uid",
    urn: folderUrn,
    inputs: { title: "MC" },
    says: ["uid: A folder needs a uid: Grafana would make one up, and no link could point there."],
  },
  {
    what: "a folder that takes Grafana's own uid",
    urn: folderUrn,
    inputs: { uid: "general", title: "General" },
    says: ['uid: The uid "general" belongs to Grafana\'s own top level.'],
  },
  {
    what: "a folder in a folder",
    urn: folderUrn,
    inputs: { ...folder, parentFolderUid: "a" },
    says: ["parentFolderUid: Grafana's file provisioning has no nested folders."],
  },
];

for (const { what, urn, inputs, says } of refused) {
  test(`Grafana's stand-in refuses ${what}`, async () => {
    const provider = new ProviderCalls(createProvider(temporaryFolder()));
    assert.deepEqual(await provider.complaints(urn, inputs), says);
  });
}

test("a folder and its dashboard are written in the layout of file provisioning", async () => {
  const { provider, target } = await open();
  const created = await provider.create(dashboardUrn, dashboard());
  assert.deepEqual(created, { id: "1:mc-overview", outs: { ...dashboard(), uid: "mc-overview", url: "/d/mc-overview" } });
  assert.equal(
    readFileSync(join(target, dashboardFile), "utf8"),
    '{\n  "uid": "mc-overview",\n  "title": "MC overview",\n  "panels": []\n}\n',
  );
  assert.match(
    readFileSync(join(target, folderFile), "utf8"),
    /\napiVersion: 1\nproviders:\n {2}- name: mc\n {4}folder: Meeting Controller\n {4}folderUid: mc\n {4}type: file\n {4}allowUiUpdates: false\n {4}options:\n {6}path: dashboards\/mc\n$/,
  );
});

test("a dashboard in a folder that does not exist is refused with the folders that do", async () => {
  const { provider } = await open();
  await assert.rejects(provider.create(dashboardUrn, { ...dashboard(), folder: "gc" }), {
    message: 'There is no folder with the uid "gc". There is: "mc".',
  });
});

test("the folder may be given by its id as well as by its uid", async () => {
  const { provider, target } = await open();
  await provider.create(dashboardUrn, { ...dashboard(), folder: "1:mc" });
  assert.ok(existsSync(join(target, dashboardFile)));
});

test("two dashboards with one uid are refused before either exists", async () => {
  const { provider } = await open();
  await provider.complaints(dashboardUrn, dashboard());
  assert.deepEqual(await provider.complaints(urnOf(dashboardType, "other"), dashboard({ title: "Other" })), [
    'configJson: A dashboard with the uid "mc-overview" exists already: it belongs to the resource "mc-overview".',
  ]);
});

test("two dashboards with one title in a folder are refused before either exists", async () => {
  const { provider } = await open();
  await provider.complaints(dashboardUrn, dashboard());
  assert.deepEqual(await provider.complaints(urnOf(dashboardType, "other"), dashboard({ uid: "other" })), [
    'configJson: A dashboard titled "MC overview" in the same folder exists already: it belongs to the resource "mc-overview".',
  ]);
});

test("two folders with one uid are refused, before and when they are created", async () => {
  const { provider } = await open();
  const other = urnOf("grafana:oss/folder:Folder", "other");
  const message =
    'A folder with the uid "mc" exists already: it belongs to the resource "mc". If the resource was renamed in the program, give it an alias.';
  assert.deepEqual(await provider.complaints(other, folder), [`uid: ${message}`]);
  await assert.rejects(provider.create(other, folder), { message });
});

test("a dashboard that moves to another folder leaves nothing in the first", async () => {
  const { provider, target } = await open();
  await provider.create(urnOf("grafana:oss/folder:Folder", "gc"), { uid: "gc", title: "Global Controller" });
  const { id, outs } = await provider.create(dashboardUrn, dashboard());
  await provider.update({ id, urn: dashboardUrn, before: outs, after: { ...dashboard(), folder: "gc" } });
  assert.equal(existsSync(join(target, dashboardFile)), false);
  assert.ok(existsSync(join(target, "grafana/dashboards/gc/mc-overview.json")));
});

const differences: { what: string; after: object; changes: boolean; replaces: string[] }[] = [
  {
    what: "other white space",
    after: { ...dashboard(), configJson: JSON.stringify(model, null, 4) },
    changes: false,
    replaces: [],
  },
  { what: "another number by Grafana", after: dashboard({ id: 7 }), changes: false, replaces: [] },
  { what: "another title", after: dashboard({ title: "Other" }), changes: true, replaces: [] },
  { what: "another folder", after: { ...dashboard(), folder: "gc" }, changes: true, replaces: [] },
  { what: "another uid", after: dashboard({ uid: "other" }), changes: true, replaces: ["configJson"] },
];

for (const { what, after, changes, replaces } of differences) {
  test(`a dashboard with ${what} is ${changes ? "a change" : "no change"}`, async () => {
    const { provider } = await open();
    assert.deepEqual(await provider.diff({ id: "1:mc-overview", urn: dashboardUrn, before: dashboard(), after }), {
      changes,
      replaces,
    });
  });
}

test("a folder with another uid is another folder", async () => {
  const { provider } = await open();
  const difference = await provider.diff({ id: "1:mc", urn: folderUrn, before: folder, after: { ...folder, uid: "gc" } });
  assert.deepEqual(difference, { changes: true, replaces: ["uid"] });
});

test("reading finds what someone changed in a dashboard and in a folder", async () => {
  const { provider, target } = await open();
  const { outs } = await provider.create(dashboardUrn, dashboard());
  writeFileSync(join(target, dashboardFile), JSON.stringify({ ...model, title: "Changed" }));
  writeFileSync(join(target, folderFile), readFileSync(join(target, folderFile), "utf8").replace("Meeting", "Changed"));
  const read = await provider.read("1:mc-overview", dashboardUrn, outs);
  assert.deepEqual(JSON.parse(String(read.props["configJson"])), { ...model, title: "Changed" });
  const readFolder = await provider.read("1:mc", folderUrn, { ...folder, url: "/dashboards/f/mc" });
  assert.deepEqual(readFolder.inputs, { uid: "mc", title: "Changed Controller" });
});

test("reading returns what the state has when the files say the same", async () => {
  const { provider } = await open();
  const { id, outs } = await provider.create(dashboardUrn, dashboard());
  assert.deepEqual(await provider.read(id, dashboardUrn, outs), { id, props: outs, inputs: dashboard() });
});

test("reading finds nothing where a file was deleted or became another dashboard", async () => {
  const { provider, target } = await open();
  const { id, outs } = await provider.create(dashboardUrn, dashboard());
  writeFileSync(join(target, dashboardFile), JSON.stringify({ ...model, uid: "other" }));
  assert.deepEqual(await provider.read(id, dashboardUrn, outs), gone);
  rmSync(join(target, dashboardFile));
  assert.deepEqual(await provider.read(id, dashboardUrn, outs), gone);
});

test("a broken dashboard file is a change that an update puts right", async () => {
  const { provider, target } = await open();
  const { id, outs } = await provider.create(dashboardUrn, dashboard());
  writeFileSync(join(target, dashboardFile), "{");
  const { props } = await provider.read(id, dashboardUrn, outs);
  assert.deepEqual(await provider.diff({ id, urn: dashboardUrn, before: props, after: dashboard() }), {
    changes: true,
    replaces: [],
  });
});

test("a removed dashboard leaves nothing, and removing it twice is no error", async () => {
  const { provider, target } = await open();
  const { id } = await provider.create(dashboardUrn, dashboard());
  await provider.delete(id, dashboardUrn);
  await provider.delete(id, dashboardUrn);
  assert.equal(existsSync(join(target, dashboardFile)), false);
});
