import type { CheckFailure } from "@pulumi/pulumi/provider";
import { asProperties, type Properties } from "../provider/property-values";

const matchTypes = ["=", "!=", "=~", "!~"];

/** Refuses the configuration that the Prometheus operator's admission refuses: matchers and receivers. */
export function checkAlertmanagerConfig(object: Properties): CheckFailure[] {
  const spec = asProperties(object["spec"]);
  const inhibitions = asList(spec["inhibitRules"]).flatMap((rule, index) =>
    checkInhibition(`spec.inhibitRules[${index}]`, asProperties(rule)),
  );
  const receivers = asList(spec["receivers"]).map((receiver) => asProperties(receiver)["name"]);
  return [
    ...inhibitions,
    ...(spec["route"] === undefined ? [] : checkRoute("spec.route", asProperties(spec["route"]), receivers)),
  ];
}

function checkInhibition(property: string, rule: Properties): CheckFailure[] {
  return ["sourceMatch", "targetMatch"].flatMap((field) => {
    const matchers = asList(rule[field]);
    if (matchers.length === 0)
      return [{ property: `${property}.${field}`, reason: "Missing: an inhibition without it would match every alert." }];
    return checkMatchers(`${property}.${field}`, matchers);
  });
}

function checkRoute(property: string, route: Properties, receivers: readonly unknown[]): CheckFailure[] {
  const failures = checkMatchers(`${property}.matchers`, asList(route["matchers"]));
  const receiver = route["receiver"];
  if (receiver !== undefined && !receivers.includes(receiver)) {
    failures.push({
      property: `${property}.receiver`,
      reason: `${JSON.stringify(receiver)} is not one of the receivers: ${receivers.map((name) => JSON.stringify(name)).join(", ") || "there are none"}.`,
    });
  }
  return [
    ...failures,
    ...asList(route["routes"]).flatMap((child, index) =>
      checkRoute(`${property}.routes[${index}]`, asProperties(child), receivers),
    ),
  ];
}

function checkMatchers(property: string, matchers: readonly unknown[]): CheckFailure[] {
  return matchers.flatMap((value, index) => {
    const matcher = asProperties(value);
    const failures: CheckFailure[] = [];
    if (typeof matcher["name"] !== "string" || matcher["name"] === "")
      failures.push({ property: `${property}[${index}].name`, reason: "Missing." });
    const type = matcher["matchType"];
    if (type !== undefined && !(typeof type === "string" && matchTypes.includes(type))) {
      failures.push({
        property: `${property}[${index}].matchType`,
        reason: `${JSON.stringify(type)} is not one of ${matchTypes.map((known) => `"${known}"`).join(", ")}.`,
      });
    }
    return failures;
  });
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
