import type { Alerting } from "../model/alerting";
import type { Matcher } from "../model/promql-syntax";
import { listOf, mapOf, textOr, textsOf } from "./files/shape";

/** Where something stands in a document. */
interface Located {
  readonly path: readonly (string | number)[];
}

type Keys = readonly string[];
type Map = Readonly<Record<string, unknown>>;

/**
 * Reads the inhibitions, routes and receivers of an alertmanager.yaml, in the old way of writing matchers and in the new one, or of
 * an AlertmanagerConfig. Where a route stands is told with it.
 */
export function readAlerting(document: unknown): Alerting<Located> {
  const top = mapOf(document);
  const isObject = top["kind"] === "AlertmanagerConfig";
  const [configuration, start, inhibitions]: [Map, Keys, string] = isObject
    ? [mapOf(top["spec"]), ["spec"], "inhibitRules"]
    : [top, [], "inhibit_rules"];
  const { route, receivers } = configuration;
  return {
    inhibitions: listOf(configuration[inhibitions]).map((rule, index) => {
      const map = mapOf(rule);
      return {
        source: matchersOf(map, ["source_matchers", "sourceMatch"], "source_match"),
        target: matchersOf(map, ["target_matchers", "targetMatch"], "target_match"),
        equal: listOf(map["equal"]).map(textOr),
        path: [...start, inhibitions, index],
      };
    }),
    routes: route === undefined ? [] : routesOf(mapOf(route), { matchers: [], receiver: "", path: [...start, "route"] }),
    receivers: listOf(receivers).map((receiver, index) => ({
      name: textOr(mapOf(receiver)["name"]),
      texts: textsWithin(receiver).filter((text) => /\{\{|:\/\//.test(text)),
      path: [...start, "receivers", index],
    })),
  };
}

function textsWithin(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsWithin) : [];
}

type Route = Alerting<Located>["routes"][number];

function routesOf(map: Map, above: Route): readonly Route[] {
  const groupedBy = listOf(map["group_by"] ?? map["groupBy"]).map(textOr);
  const own = {
    matchers: [...above.matchers, ...matchersOf(map, ["matchers"], "match")],
    receiver: textOr(map["receiver"]) || above.receiver,
    path: above.path,
  };
  return [
    { ...own, ...(groupedBy.length > 0 && { groupedBy }) },
    ...listOf(map["routes"]).flatMap((route, index) => routesOf(mapOf(route), { ...own, path: [...own.path, "routes", index] })),
  ];
}

/** Matchers as lines, as objects, and of the old way. */
function matchersOf(map: Map, keys: Keys, old: string): readonly Matcher[] {
  return [
    ...keys.flatMap((key) => listOf(map[key])).flatMap((one) => (typeof one === "string" ? readLine(one) : [readObject(one)])),
    ...Object.entries(textsOf(map[old])).map(([label, value]): Matcher => ({ label, op: "=", value })),
    ...Object.entries(textsOf(map[`${old}_re`])).map(([label, value]): Matcher => ({ label, op: "=~", value })),
  ];
}

function readObject(matcher: unknown): Matcher {
  const { name, matchType, value, regex } = mapOf(matcher);
  return { label: textOr(name), op: opOf(textOr(matchType)) ?? (regex === true ? "=~" : "="), value: textOr(value) };
}

function opOf(text: string): Matcher["op"] | undefined {
  return text === "=" || text === "!=" || text === "=~" || text === "!~" ? text : undefined;
}

const matcher = /\s*(?:"((?:\\.|[^"\\])*)"|([\w:.-]+))\s*(=~|!~|!=|=)\s*(?:"((?:\\.|[^"\\])*)"|([^,"]*?))\s*(?:,|$)/y;

/** One line of matchers, in braces or without: `{alertname=~"A|B", severity="page"}`. What is no matcher ends it. */
function readLine(line: string): readonly Matcher[] {
  const text = line.trim().replace(/^\{(.*)\}$/s, "$1");
  const found: Matcher[] = [];
  matcher.lastIndex = 0;
  for (let match = matcher.exec(text); match; match = matcher.exec(text)) {
    const [, quoted, plain, op = "", value, bare] = match;
    found.push({ label: unescaped(quoted ?? plain ?? ""), op: opOf(op) ?? "=", value: unescaped(value ?? bare ?? "") });
    if (matcher.lastIndex >= text.length) break;
  }
  return found;
}

function unescaped(text: string): string {
  return text.replace(/\\(["\\])/g, "$1").replace(/\\n/g, "\n");
}
