import { frontMatterOf } from "../model/front-matter";
import { groupBy } from "../model/group-by";
import { indexOf, type Model } from "../model/model";
import { panelsOf, type Dashboard, type PanelQuery } from "../model/panel";
import { sectionAddress } from "../model/renderer";
import { runbookService, type RunbookDocument } from "../model/runbook";
import { subjectIn, type Service } from "../model/service";
import { renderDashboard } from "../render/dashboard";
import { dashboardConfigMapName } from "../render/dashboard-config-map";
import { renderRuleGroups } from "../render/rule-groups";
import { configMapLimit, divideFiles, fileName, ownSuffix } from "../render/runbook-config-map";
import { documentBytes, kibibyte } from "../render/size";
import { problem, type Check, type Problem } from "./check";

/** What the API server would refuse half-way through a deployment is refused before it begins. */
export const objectCanBeCreated: Check = {
  id: "object-can-be-created",
  description:
    "What is deployed has names and keys that Kubernetes takes, no two of them the same, and fits into an object; each runbook has an address of its own.",
  severity: "error",
  run: (model) => [
    ...model.services.flatMap(serviceNames),
    ...sameDashboards(model),
    ...runbookKeys(model),
    ...dividedNames(model),
    ...samePages(model),
    ...sizes(model),
    ...dashboardSizes(model),
    ...ruleSizes(model),
  ],
};

const objectName = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const configMapKey = /^(?!\.\.?$|\.\.)[-._a-zA-Z0-9]{1,253}$/;
/** What the API server takes for the values of a ConfigMap together. */
const largestBytes = 1024 * kibibyte;

function serviceNames(service: Service): readonly Problem[] {
  const isLabel = /^[a-z0-9]([-a-z0-9]{0,38}[a-z0-9])?$/.test(service.id);
  return [
    ...(isLabel
      ? []
      : [
          problem(
            subjectIn(service, "index", { name: service.id }),
            "a service's id is part of the names of Kubernetes objects: at most 40 lower-case letters, digits and dashes, with no dash at either end.",
          ),
        ]),
    ...service.dashboards
      .filter(({ uid }) => !objectName.test(dashboardConfigMapName("", uid)))
      .map(({ uid }) =>
        problem(
          subjectIn(service, "dashboards", { name: uid }),
          `its ConfigMap would be named "${dashboardConfigMapName("", uid)}", which Kubernetes refuses. Let the uid end with a letter or a digit.`,
        ),
      ),
  ];
}

function sameDashboards({ services }: Model): readonly Problem[] {
  const all = services.flatMap((service) => service.dashboards.map(({ uid }) => ({ uid, service })));
  return [...groupBy(all, ({ uid }) => dashboardConfigMapName("", uid))].flatMap(([, group]) => {
    const [first, ...others] = group;
    return others
      .filter(({ uid }) => uid !== first?.uid) // the check names tells of the same uid
      .map(({ uid, service }) =>
        problem(
          subjectIn(service, "dashboards", { name: uid }),
          `its ConfigMap would have the name of that of "${first?.uid ?? ""}": names know no capitals and no underscores. Rename one.`,
        ),
      );
  });
}

function runbookKeys({ runbooks, runbookFiles = [] }: Model): readonly Problem[] {
  const paths = [...runbooks, ...runbookFiles].map(({ path }) => path);
  const same = [...groupBy(paths, (path) => `${runbookService(path)}/${fileName(path)}`).values()];
  return [
    ...paths
      .filter((path) => !configMapKey.test(fileName(path)))
      .map((path) =>
        problem(
          { file: `runbooks/${path}` },
          `is deployed as the key "${fileName(path)}" of a ConfigMap, which Kubernetes refuses. Name it with letters, digits, dots, dashes and underscores.`,
        ),
      ),
    ...same.flatMap(([first = "", ...others]) =>
      others.map((path) =>
        problem(
          { file: `runbooks/${path}` },
          `is deployed under the same key as runbooks/${first}: "${fileName(path)}". Rename one.`,
        ),
      ),
    ),
    ...[runbooks, runbookFiles].flatMap((files) => sameParts(files.map(({ path }) => path))),
  ];
}

/** Files that do not fit into one object get one each, whose name ends as theirs does. */
function dividedNames(model: Model): readonly Problem[] {
  const { runbooks, runbookFiles = [] } = model;
  const texts = runbooks.map(({ path, text }) => ({ path, content: text }));
  const binaries = runbookFiles.map(({ path, base64 }) => ({ path, content: base64 }));
  return [texts, binaries].flatMap((files) =>
    [...groupBy(files, ({ path }) => runbookService(path))].flatMap(([service, own]) => {
      const length = own.reduce((sum, { content }) => sum + content.length, 0);
      if (3 * length < configMapLimit) return []; // a character is at most three bytes
      const parts = divideFiles(Object.fromEntries(own.map(({ path, content }) => [fileName(path), content])), (text) => text);
      return parts
        .filter(({ suffix }) => suffix !== "" && !isObjectName(`${service}-runbooks-files${suffix}`))
        .flatMap(({ data }) => Object.keys(data))
        .map((key) =>
          problem(
            {
              file: `runbooks/${service}/${own.find(({ path }) => fileName(path) === key)?.path.slice(service.length + 1) ?? key}`,
            },
            `is deployed in an object of its own, since the files of ${service} are too large for one, and its name cannot be that of an object. Name it with letters, digits, dots and dashes, none of them at an end, and shorter.`,
          ),
        );
    }),
  );
}

function isObjectName(name: string): boolean {
  return objectName.test(name) && name.length <= 253;
}

/** Where each file has an object of its own, the names of two may differ in their capitals only. */
function sameParts(paths: readonly string[]): readonly Problem[] {
  return [...groupBy(paths, (path) => runbookService(path) + ownSuffix(fileName(path))).values()].flatMap(
    ([first = "", ...others]) =>
      others
        .filter((path) => fileName(path) !== fileName(first))
        .map((path) =>
          problem({ file: `runbooks/${path}` }, `would share the name of an object with runbooks/${first}. Rename one.`),
        ),
  );
}

/** Where pages have addresses of their own, an alert could lead to another runbook than the one that is shown there. */
function samePages({ runbooks, runbookRenderer = "github" }: Model): readonly Problem[] {
  if (runbookRenderer !== "mkdocs" && runbookRenderer !== "docusaurus") return [];
  const address = ({ path, text }: RunbookDocument): string =>
    sectionAddress({ path, anchor: "", frontMatter: frontMatterOf(text) }, runbookRenderer);
  return [...groupBy(runbooks, address)].flatMap(([shared, [first, ...others]]) =>
    others.map(({ path }) =>
      problem(
        { file: `runbooks/${path}` },
        `would be shown at the same address as runbooks/${first?.path ?? ""}: "${shared}". Rename one, or give it a slug of its own.`,
      ),
    ),
  );
}

function sizes({ runbooks, runbookFiles = [] }: Model): readonly Problem[] {
  const all = [
    ...runbooks.map(({ path, text }) => ({ path, bytes: Buffer.byteLength(text) })),
    ...runbookFiles.map(({ path, base64 }) => ({ path, bytes: base64.length })),
  ];
  return all
    .filter(({ bytes }) => bytes > largestBytes)
    .map(({ path, bytes }) =>
      problem(
        { file: `runbooks/${path}` },
        `takes ${Math.ceil(bytes / kibibyte)} KiB of a ConfigMap, which holds 1024. Split it, or put it where it can be linked to by its address.`,
      ),
    );
}

/** The addresses of an environment hardly change how large a dashboard is. */
const environment = { monitoringNamespace: "n", grafanaUrl: "https://g.example.com", runbookBaseUrl: "https://r.example.com" };

function dashboardSizes(model: Model): readonly Problem[] {
  return model.services.flatMap((service) =>
    service.dashboards.filter(mayBeLarge).flatMap((dashboard) => {
      const bytes = Buffer.byteLength(renderDashboard(dashboard, service, indexOf(model), environment));
      const subject = subjectIn(service, "dashboards", { name: dashboard.uid });
      return bytes <= largestBytes
        ? []
        : [problem(subject, `takes ${Math.ceil(bytes / kibibyte)} KiB of a ConfigMap, which holds 1024. Split it in two.`)];
    }),
  );
}

/** Whether it is worth while to render a dashboard: what a panel has beside its texts takes less than 8 KiB. */
function mayBeLarge(dashboard: Dashboard): boolean {
  const lengths = panelsOf(dashboard).map(({ title, description, queries }) => {
    const asked = Object.values<PanelQuery>(queries).map(({ query, legend }) => query.expr.length + legend.length);
    return 8 * kibibyte + title.length + description.length + asked.reduce((sum, length) => sum + length, 0);
  });
  // A character is at most three bytes.
  return 3 * lengths.reduce((sum, length) => sum + length, 0) > largestBytes;
}

/** What the operator takes for one PrometheusRule. A group is never torn. */
const largestRules = 512 * kibibyte;

function ruleSizes(model: Model): readonly Problem[] {
  return model.services.filter(mayHaveLargeRules).flatMap((service) =>
    renderRuleGroups(service, indexOf(model), environment)
      .map((group) => ({ name: group.name, bytes: documentBytes(group) }))
      .filter(({ bytes }) => bytes > largestRules)
      .map(({ name, bytes }) =>
        problem(
          subjectIn(service, "alerts", { name }),
          `the group takes ${Math.ceil(bytes / kibibyte)} KiB of a PrometheusRule, which the operator refuses above 512. Shorten what its alerts say.`,
        ),
      ),
  );
}

/** As above: what a rule has beside its texts takes less than 8 KiB. */
function mayHaveLargeRules({ alerts, recordingRules }: Service): boolean {
  const texts = alerts.map(({ summary, impact }) => 8 * kibibyte + summary.length + impact.length);
  const queries = recordingRules.map(({ query }) => query.expr.length);
  return 3 * [...texts, ...queries].reduce((sum, length) => sum + length, 0) > largestRules;
}
