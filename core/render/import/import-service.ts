import { service } from "../../model/declared-service";
import type { LoadedFiles, LoadedRule } from "../../model/files/loaded";
import { indexOf, type Model } from "../../model/model";
import type { LabelsOf } from "../../model/promql-labels";
import { queryOf } from "../../model/query";
import { recordingRule } from "../../model/recording-rule";
import { platform } from "../../model/standard/platform";
import type { FoundAlert } from "./alerts";
import { belongingsOf, prefixOf, type Belongings } from "./belongings";
import { Thresholds } from "./conditions";
import { uidOf } from "./dashboards";
import { importMetrics, referencesTo, type Decision, type ImportedMetric } from "./metrics";
import { prefixOfAlerts } from "./alert-prefix";
import type { FoundDashboard, FoundService } from "./found-service";
import { camelCase, Names } from "./names";
import { importPanels, type ImportedPanel, type PanelNames, type Vocabulary } from "./panels";
import { panelFor, placeAlert } from "./placement";
import { ImportedRunbooks } from "./runbooks";
import { serviceFiles } from "./service-files";
import type { Program } from "./source";
import { narrowedByProgram, workloadOf } from "./workload";

/** A service as it is written, and what a person has to decide about it. */
export interface ImportedService {
  /** Texts by path from the program's root. What is generated, and the formatting, are not made here. */
  readonly files: Readonly<Record<string, string>>;
  readonly decisions: readonly Decision[];
  readonly found: FoundService;
}

/** Writes what loaded files tell of a service in the form in which services are declared. */
export function importService(id: string, model: Model & { readonly files: LoadedFiles }, program: Program): ImportedService {
  const belongings = belongingsOf(id, model);
  const { catalog, decisions: ofMetrics } = importMetrics(belongings.metrics, prefixOf(id));
  const decisions: Decision[] = [...model.files.unread, ...ofMetrics];
  const recordings = belongings.rules.filter(({ kind }) => kind === "record");
  const rules = belongings.rules.filter(({ kind }) => kind === "alert");
  const names = rules.map(({ name }) => name);
  const alertPrefix = prefixOfAlerts(id, names);
  const workload = workloadOf({ id, alertPrefix }, belongings.dashboards, model.files);
  const shared = { ...vocabularyOf(catalog, recordings), keys: new Names(), decisions };
  const drawn = drawnDashboards(belongings, shared, workload !== undefined);
  const runbooks = new ImportedRunbooks(id, belongings.runbooks, model.files);
  const { alerts, dashboards } = placed(
    { id, alertPrefix, rules, runbooks, labelsOf: labelsIn({ id, catalog, recordings }) },
    drawn,
    shared,
  );
  const found = { id, alertPrefix, catalog, recordings, dashboards, alerts, workload, ...shared };
  decisions.push(...intervals(belongings.rules), ...inhibitions(names, model.files));
  const files = { ...serviceFiles(found, program, decisions), ...runbooks.filesOf() };
  return { files, decisions: [...decisions, ...runbooks.decisions], found };
}

function vocabularyOf(catalog: readonly ImportedMetric[], recordings: readonly LoadedRule[]): Vocabulary {
  const ofPlatform = Object.entries(platform).map(([key, metric]) => ({ key, metric }));
  return {
    references: new Map([...referencesTo(ofPlatform, "platform"), ...referencesTo(catalog, "metrics")]),
    recorded: new Map(recordings.map(({ name, expr }) => [name, expr])),
  };
}

function drawnDashboards({ dashboards }: Belongings, shared: PanelNames, isNarrowed: boolean): readonly FoundDashboard[] {
  return dashboards.map((dashboard) => {
    const loaded = isNarrowed ? narrowedByProgram(dashboard) : dashboard;
    return { loaded, panels: importPanels({ ...loaded, uid: uidOf(loaded) }, shared) };
  });
}

/** The labels of series as the program will know them. */
function labelsIn({ id, catalog, recordings }: Pick<FoundService, "id" | "catalog" | "recordings">): LabelsOf {
  const rules = recordings.map(
    ({ name, expr, labels }) => [name, recordingRule(name, { query: queryOf(expr), labels })] as const,
  );
  const metrics = Object.fromEntries(catalog.map(({ key, metric }) => [key, metric]));
  const declared = service(id, { title: "", metrics, recordingRules: Object.fromEntries(rules) });
  const nothing = { runbooks: [], sectionsFile: "", dependencies: [], cascades: [], journeys: [] };
  return indexOf({ services: [declared], platform, ...nothing }).labelsOf;
}

interface Rules {
  readonly id: string;
  readonly alertPrefix: string;
  readonly rules: readonly LoadedRule[];
  readonly runbooks: ImportedRunbooks;
  readonly labelsOf: LabelsOf;
}

/** Each alert on a panel; those that no panel shows on a panel of their own, in a row of the first dashboard. */
function placed(
  { id, alertPrefix, rules, runbooks, labelsOf }: Rules,
  drawn: readonly FoundDashboard[],
  shared: PanelNames,
): Pick<FoundService, "alerts" | "dashboards"> {
  const panels = drawn.flatMap((each) => each.panels);
  const places = { ...shared, panels, thresholds: new Thresholds(panels, labelsOf) };
  const [first = emptyDashboard(id), ...others] = drawn;
  const added: ImportedPanel[] = [];
  const names = new Names();
  const alerts = rules.map((rule): FoundAlert => {
    const key = names.give(
      camelCase(rule.name.startsWith(alertPrefix) ? rule.name.slice(alertPrefix.length) : rule.name, "alert"),
    );
    const runbook = runbooks.sectionOf(rule);
    const place = placeAlert(rule, places);
    if (place) return { rule, key, runbook, ...place };
    const on = panelFor(rule, { uid: uidOf(first.loaded), keys: shared.keys }, shared);
    shared.decisions.push({
      subject: rule.subject,
      message: `is on no panel: "${on.panel.title}" was added to the dashboard "${uidOf(first.loaded)}".`,
    });
    added.push(on);
    return { rule, key, runbook, on, threshold: new Thresholds([on], labelsOf).find(rule.expr) };
  });
  const isNeeded = drawn.length > 0 || added.length > 0;
  return { alerts, dashboards: isNeeded ? [{ ...first, panels: [...first.panels, ...added] }, ...others] : [] };
}

function emptyDashboard(id: string): FoundDashboard {
  const title = `${id.toUpperCase()} overview`;
  return { loaded: { uid: `${id}-overview`, title, description: "", variables: [], subject: { file: "" } }, panels: [] };
}

/** A group's own interval, once a group. */
function intervals(rules: readonly LoadedRule[]): readonly Decision[] {
  const groups = new Map(
    rules.filter(({ interval }) => interval !== "").map((rule) => [`${rule.subject.file} ${rule.group}`, rule]),
  );
  return [...groups.values()].map(({ subject, group, interval }) => ({
    subject: { ...subject, name: group },
    message: `is evaluated every ${interval}, and here as Prometheus is configured.`,
  }));
}

/** Alertmanager's configuration goes on to hold them: which alert explains which, and why, is said nowhere in it. */
function inhibitions(names: readonly string[], { cluster }: LoadedFiles): readonly Decision[] {
  return cluster.namedAlerts
    .filter(({ name, subject }) => names.includes(name) && subject.at?.path.includes("inhibit_rules") === true)
    .map(({ subject }) => ({ subject, message: "is in an inhibition: declare it as a cascade, with its reason." }));
}
