import { objectCanBeCreated } from "../../../core/checks/object-can-be-created";
import { readMarkdown } from "../../../core/load/markdown";
import type { Renderer } from "../../../core/model/renderer";
import { testCheck } from "./rows";

const runbooks = (...paths: readonly string[]) => ({ runbooks: paths.map((path) => readMarkdown(path, "# A")) });
const dashboards = (...uids: readonly string[]) => ({
  dashboards: uids.map((uid) => ({ uid, title: uid, description: "x", rows: [] })),
});
const bytes = (count: number) => ({ runbooks: [readMarkdown("ex/large.md", "x".repeat(count))] });

const shownBy = (runbookRenderer: Renderer, files: Readonly<Record<string, string>>) => ({
  model: {
    runbookRenderer,
    runbooks: Object.entries(files).map(([path, front]) => readMarkdown(path, `---\ntitle: x\n${front}\n---\n# A`)),
  },
});
const same = (second: string, first: string, address: string) => [
  `runbooks/${second}: would be shown at the same address as runbooks/${first}: "${address}". Rename one, or give it a slug of its own.`,
];

const large = (...paths: readonly string[]) => ({ runbooks: paths.map((path) => readMarkdown(path, "x".repeat(600 * 1024))) });

testCheck(objectCanBeCreated, {
  accepted: [
    { name: "runbooks that are too large for one object", model: large("ex/a.md", "ex/b_c.md") },
    { name: "a file in one object with others, whatever its name ends with", model: runbooks("ex/a.md", "ex/b_.md") },
    { name: "an alert with a long text", alert: { impact: "ü".repeat(200 * 1024) } },
    { name: "one slug in two folders", ...shownBy("docusaurus", { "ex/a.md": "slug: b", "ey/a.md": "slug: b" }) },
    { name: "a slug of its own", ...shownBy("docusaurus", { "ex/01-a.md": "", "ex/02-a.md": "slug: b" }) },
    { name: "one slug, where it says nothing", ...shownBy("github", { "ex/a.md": "slug: /b", "ex/c.md": "slug: /b" }) },
    { name: "an index and a file of its folder's name", ...shownBy("mkdocs", { "ex/index.md": "", "ex/ex.md": "" }) },
    { name: "a large dashboard that fits", panel: { description: "ü".repeat(500 * 1024) } },
    { name: "capitals and underscores within a uid", service: dashboards("EX_overview", "ex-over_view2") },
    { name: "files of one name in two folders", model: runbooks("ex/a.md", "ex/more/a.md", "ey/a.md") },
    { name: "a runbook that just fits", model: bytes(1024 * 1024) },
    { name: "dots, dashes and underscores in a key", model: runbooks("ex/v1.2_a-b.md") },
  ],
  reported: [
    {
      name: "a dashboard that is too large",
      panel: { description: "ü".repeat(600 * 1024) },
      findings: ["services/ex/dashboards.ts ex-overview: takes 1208 KiB of a ConfigMap, which holds 1024. Split it in two."],
    },
    {
      name: "an id that ends in a dash",
      service: { id: "ex-" },
      findings: [
        "services/ex-/index.ts ex-: a service's id is part of the names of Kubernetes objects: at most 40 lower-case letters, digits and dashes, with no dash at either end.",
      ],
    },
    {
      name: "a uid that ends in an underscore",
      service: dashboards("ex_"),
      findings: [
        'services/ex/dashboards.ts ex_: its ConfigMap would be named "dashboard-ex-", which Kubernetes refuses. Let the uid end with a letter or a digit.',
      ],
    },
    {
      name: "uids that differ in their capitals",
      service: dashboards("ex-a", "EX_A"),
      findings: [
        'services/ex/dashboards.ts EX_A: its ConfigMap would have the name of that of "ex-a": names know no capitals and no underscores. Rename one.',
      ],
    },
    {
      name: "two runbooks of one key",
      model: runbooks("ex/more/a.md", "ex/more_a.md"),
      findings: ['runbooks/ex/more_a.md: is deployed under the same key as runbooks/ex/more/a.md: "more_a.md". Rename one.'],
    },
    {
      name: "runbooks that differ in their capitals",
      model: runbooks("ex/a.md", "ex/A.md"),
      findings: ["runbooks/ex/A.md: would share the name of an object with runbooks/ex/a.md. Rename one."],
    },
    {
      name: "two pages of one slug",
      ...shownBy("docusaurus", { "ex/a.md": "slug: /b", "ex/c.md": "slug: ../b" }),
      findings: same("ex/c.md", "ex/a.md", "b"),
    },
    {
      name: "two pages that are sorted by numbers only",
      ...shownBy("docusaurus", { "ex/01-a.md": "", "ex/02-a.md": "" }),
      findings: same("ex/02-a.md", "ex/01-a.md", "ex/a"),
    },
    {
      name: "two pages of a folder",
      ...shownBy("mkdocs", { "ex/README.md": "", "ex/index.md": "" }),
      findings: same("ex/index.md", "ex/README.md", "ex/"),
    },
    {
      name: "an object of its own whose name would end in a dash",
      model: large("ex/a.md", "ex/b_.md"),
      findings: [
        "runbooks/ex/b_.md: is deployed in an object of its own, since the files of ex are too large for one, and its name cannot be that of an object. Name it with letters, digits, dots and dashes, none of them at an end, and shorter.",
      ],
    },
    {
      name: "rules that no PrometheusRule holds",
      alert: { impact: "ü".repeat(300 * 1024) },
      findings: [
        "services/ex/alerts.ts ex-row: the group takes 601 KiB of a PrometheusRule, which the operator refuses above 512. Shorten what its alerts say.",
      ],
    },
    {
      name: "a key with a space",
      model: runbooks("ex/on call.md"),
      findings: [
        'runbooks/ex/on call.md: is deployed as the key "on call.md" of a ConfigMap, which Kubernetes refuses. Name it with letters, digits, dots, dashes and underscores.',
      ],
    },
    {
      name: "a runbook that is too large",
      model: bytes(1.3 * 1024 * 1024),
      findings: [
        "runbooks/ex/large.md: takes 1332 KiB of a ConfigMap, which holds 1024. Split it, or put it where it can be linked to by its address.",
      ],
    },
    {
      name: "an image that is too large",
      model: { runbookFiles: [{ path: "ex/a.png", base64: "A".repeat(1024 * 1024 + 1) }] },
      findings: [
        "runbooks/ex/a.png: takes 1025 KiB of a ConfigMap, which holds 1024. Split it, or put it where it can be linked to by its address.",
      ],
    },
  ],
});
