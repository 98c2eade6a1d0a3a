import { checkModel, runChecks } from "./core/checks/check";
import { checks } from "./core/checks";
import { loadRunbookFolder, loadSectionsFile } from "./core/load/runbooks";
import { stackFile } from "./core/load/stack-file";
import { cascadesOf } from "./core/model/cascades";
import { dependenciesOf, serviceDependencies } from "./core/model/dependency";
import { toSeconds } from "./core/model/duration";
import type { Finding, Result } from "./core/model/finding";
import { withoutRecheck, type CheckedModel } from "./core/model/checked-model";
import { withoutNamespace, type Installation } from "./core/model/installation";
import type { Model } from "./core/model/model";
import type { AlertOverrides } from "./core/model/override";
import type { Renderer } from "./core/model/renderer";
import type { Service } from "./core/model/service";
import { sloWindow } from "./core/model/slo";
import { services } from "./services";
import { cascades } from "./services/cascades";
import { journeys } from "./services/journeys";
import { platform } from "./core/model/standard/platform";
import { atInstallation } from "./core/render/at-installation";
import { renderPlace } from "./core/render/findings";
import { withStackValues } from "./core/render/runbook-values";
import { findTooOld } from "./versions";
import { applySettings, readSettings, type Settings } from "./settings";

/** What one environment deploys, once it has passed every check. */
export interface Deployment {
  readonly settings: Settings;
  readonly model: CheckedModel;
  readonly warnings: readonly Finding[];
}

/** The chain of this project: the declared services with the runbooks as they are on disk now. */
export function loadProject(root: string): Model {
  return {
    services,
    platform,
    ...loadRunbookFolder(root),
    sectionsFile: loadSectionsFile(root),
    dependencies: dependenciesOf(services),
    cascades: cascadesOf(services, cascades),
    journeys,
  };
}

/** The deployment of a stack with these settings, or everything that stands against it. */
export function prepareDeployment(project: Model, stack: string, values: Readonly<Record<string, unknown>>): Result<Deployment> {
  const file = stackFile(stack);
  const read = readSettings(values, file);
  if ("findings" in read) return read;
  const declared = withRenderer(project, read.value.runbookRenderer);
  const applied = applySettings(declared.services, read.value, file);
  if ("findings" in applied) return applied;
  const { services: all, chosen } = applied.value;
  const model = withServices(withPrometheus(declared, read.value), all);
  const { findings: found, checked } = checkModel(model, checks);
  const findings = ofStack(found, declared, model, { file, overrides: read.value.alertOverrides });
  if (checked === undefined) return { findings };
  const deployed = withoutRecheck(checked, { services: chosen });
  const refused = [...findTooOld(deployed, read.value, file), ...notTold(chosen, read.value, file)];
  if (refused.length > 0) return { findings: refused };
  const here = atInstallation(deployed, installationOf(read.value, stack));
  return {
    value: {
      settings: read.value,
      model: withoutRecheck(here, { runbooks: withStackValues(here, read.value) }),
      warnings: [...findings, ...leftOut(model, chosen, file), ...tooShortlyKept(chosen, read.value, file)],
    },
  };
}

/** What is wrong only because of a stack's settings, its overrides above all, is told of its file: it is repaired there. */
function ofStack(
  findings: readonly Finding[],
  declared: Model,
  model: Model,
  { file, overrides }: { readonly file: string; readonly overrides: AlertOverrides },
): readonly Finding[] {
  if (model === declared || findings.length === 0) return findings;
  const keyOf = ({ check, subject, message }: Finding): string => JSON.stringify([check, renderPlace({ subject }), message]);
  const known = new Set(runChecks(declared, checks).findings.map(keyOf));
  const named = Object.keys(overrides).length > 0 && { name: "alertOverrides" };
  return findings.map((finding) => {
    if (known.has(keyOf(finding))) return finding;
    const { subject, message } = finding;
    return subject.name !== undefined && subject.name in overrides
      ? { ...finding, subject: { file, name: `alertOverrides.${subject.name}` } }
      : { ...finding, subject: { file, ...named }, message: `${renderPlace({ subject })}: ${message}` };
  });
}

/** Objectives that are counted over more days than Prometheus keeps: their budgets would silently be those of fewer days. */
function tooShortlyKept(chosen: readonly Service[], { prometheusRetention }: Settings, file: string): readonly Finding[] {
  const hasObjectives = chosen.some(({ slos }) => slos.length > 0);
  return !hasObjectives || toSeconds(prometheusRetention) >= toSeconds(sloWindow)
    ? []
    : [
        {
          check: "settings",
          severity: "warning",
          subject: { file, name: "prometheusRetention" },
          message: `is ${prometheusRetention}, but error budgets are counted over ${sloWindow}: the panels show those of ${prometheusRetention}. Let Prometheus keep ${sloWindow}.`,
        },
      ];
}

/** Where one of several installations runs, and what its series carry. */
function installationOf({ workloadNamespace, externalLabels }: Settings, stack: string): Installation {
  return { ...(workloadNamespace !== undefined && { workloadNamespace }), externalLabels, stack };
}

/** Services whose series do not carry the namespace of their workload: a matcher on it would find nothing. */
function notTold(chosen: readonly Service[], settings: Settings, file: string): readonly Finding[] {
  const { workloadNamespace, scrape, seriesLabels } = settings;
  const untold = workloadNamespace === undefined || scrape !== "none" ? [] : withoutNamespace(chosen, seriesLabels);
  if (untold.length === 0) return [];
  const message =
    `is ${String(workloadNamespace)}, but series of ${untold.map(({ id }) => id).join(", ")} carry no namespace: plain Prometheus adds none. ` +
    `Let this stack write the scrape (scrape: pod-monitor or scrape-config), or name "namespace" in seriesLabels where somebody else's adds it.`;
  return [{ check: "settings", severity: "error", subject: { file, name: "workloadNamespace" }, message }];
}

/** Upstreams that a stack does not deploy: links to their runbooks lead out of its ConfigMaps, and no cascade looks there. */
function leftOut({ dependencies }: Model, chosen: readonly Service[], file: string): readonly Finding[] {
  const isChosen = (id: string): boolean => chosen.some((service) => service.id === id);
  return serviceDependencies(dependencies)
    .filter(({ service, upstream }) => isChosen(service.id) && !isChosen(upstream.id))
    .map(({ service, upstream }) => ({
      check: "settings",
      severity: "warning",
      subject: { file, name: "services" },
      message: `leaves out ${upstream.id}, on which ${service.id} leans: its runbooks link to those of ${upstream.id}, and no alert of ${upstream.id} explains its own here.`,
    }));
}

/** What the environment's Prometheus can do, and adds to series. The same object where that is nothing. */
function withPrometheus(model: Model, { prometheusFeatures, seriesLabels: always, externalLabels }: Settings): Model {
  const seriesLabels = [...new Set([...always, ...Object.keys(externalLabels)])];
  if (prometheusFeatures.length === 0 && seriesLabels.length === 0) return model;
  const external = Object.keys(externalLabels);
  return { ...model, prometheusFeatures, seriesLabels, ...(external.length > 0 && { externalLabels: external }) };
}

function withRenderer(model: Model, runbookRenderer: Renderer): Model {
  return runbookRenderer === (model.runbookRenderer ?? "github") ? model : { ...model, runbookRenderer };
}

/** The same object where nothing changes, because its index is kept for it. */
function withServices(model: Model, all: readonly Service[]): Model {
  return model.services === all ? model : { ...model, services: all };
}
