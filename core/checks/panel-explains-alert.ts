import { indexOf } from "../model/model";
import { panelsOf, type Panel } from "../model/panel";
import type { Alert } from "../model/alert";
import { startsLikeOneOf, subjectIn, type Service } from "../model/service";
import { didYouMean } from "../model/suggestion";
import { problem, type Check, type Problem } from "./check";

/** Whoever looks at a panel learns what it shows, which alerts watch it and when they fire. */
export const panelExplainsAlert: Check = {
  id: "panel-explains-alert",
  description: "A panel says what it shows, its alerts say in words when they fire, and it names no alert but its own.",
  severity: "error",
  run: (model) => {
    const { alertsByPanel } = indexOf(model);
    const isOfAService = startsLikeOneOf(
      model.services.map(({ alertPrefix }) => alertPrefix),
      /^[A-Z][a-z]/,
    );
    return model.services.flatMap((service) =>
      service.dashboards.flatMap((dashboard) =>
        panelsOf(dashboard).flatMap((panel) => {
          const alerts = alertsByPanel.get(panel) ?? [];
          const subject = subjectIn(service, "dashboards", { name: `${dashboard.uid}/${panel.id}`, accepts: panel.accepts });
          const messages = [...silence(panel, alerts), ...strangers(panel, alerts, isOfAService)];
          return [...messages.map((message) => problem(subject, message)), ...wordless(service, alerts)];
        }),
      ),
    );
  },
};

function silence(panel: Panel, alerts: readonly Alert[]): readonly string[] {
  if (panel.description.trim() !== "") return [];
  const watchers = alerts.length === 0 ? "" : `, though ${alerts.map(({ name }) => name).join(" and ")} lead people to it`;
  return [`does not say what it shows${watchers}. Fill in \`shows\`.`];
}

/** Alerts that the hand-written text names and that do not watch this panel: left over from a rename. */
function strangers(panel: Panel, alerts: readonly Alert[], isOfAService: (name: string) => boolean): readonly string[] {
  const own = alerts.map(({ name }) => name);
  return [...panel.description.matchAll(/\b[A-Z][A-Za-z0-9]+\b/g)]
    .map(([word]) => word)
    .filter((word) => isOfAService(word) && !own.includes(word))
    .map((word) => `says that ${word} watches it, which it does not.${didYouMean(word, own)}`);
}

/** Conditions of their own that nobody has put into words. */
function wordless(service: Service, alerts: readonly Alert[]): readonly Problem[] {
  return alerts
    .filter(({ when }) => "expression" in when && when.trigger.trim() === "")
    .map((alert) =>
      problem(
        subjectIn(service, "alerts", alert),
        `has an expression of its own that its panel "${alert.panel.id}" cannot explain. Say in \`trigger\` when it fires.`,
      ),
    );
}
