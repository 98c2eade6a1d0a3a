import type { Alerting } from "../model/alerting";
import type { Matcher } from "../model/promql-syntax";
import { listOf, mapOf, textOr, textsOf } from "./files/shape";

/** Where something stands in an alertmanager.yaml. */
interface Located {
  readonly path: readonly (string | number)[];
}

/** Reads the inhibitions, routes and receivers of an alertmanager.yaml, in the old way of writing matchers and in the new one. */
export function readAlerting(configuration: unknown): Alerting<Located> {
  const { inhibit_rules, route, receivers } = mapOf(configuration);
  return {
    inhibitions: listOf(inhibit_rules).map((rule, index) => {
      const map = mapOf(rule);
      return {
        source: matchersOf(map, "source_matchers", "source_match", "source_match_re"),
        target: matchersOf(map, "target_matchers", "target_match", "target_match_re"),
        equal: listOf(map["equal"]).map(textOr),
        path: ["inhibit_rules", index],
      };
    }),
    routes: route === undefined ? [] : routesOf(mapOf(route), { matchers: [], receiver: "", path: ["route"] }),
    receivers: listOf(receivers).map((receiver, index) => ({
      name: textOr(mapOf(receiver)["name"]),
      path: ["receivers", index],
    })),
  };
}

type Route = Alerting<Located>["routes"][number];

function routesOf(map: Readonly<Record<string, unknown>>, above: Route): readonly Route[] {
  const own = {
    matchers: [...above.matchers, ...matchersOf(map, "matchers", "match", "match_re")],
    receiver: textOr(map["receiver"]) || above.receiver,
    path: above.path,
  };
  return [
    own,
    ...listOf(map["routes"]).flatMap((route, index) => routesOf(mapOf(route), { ...own, path: [...own.path, "routes", index] })),
  ];
}

function matchersOf(
  map: Readonly<Record<string, unknown>>,
  ...[matchers, match, matchRe]: readonly [string, string, string]
): readonly Matcher[] {
  return [
    ...listOf(map[matchers]).flatMap((text) => readMatchers(textOr(text))),
    ...Object.entries(textsOf(map[match])).map(([label, value]): Matcher => ({ label, op: "=", value })),
    ...Object.entries(textsOf(map[matchRe])).map(([label, value]): Matcher => ({ label, op: "=~", value })),
  ];
}

const matcher = /\s*(?:"((?:\\.|[^"\\])*)"|([\w:.-]+))\s*(=~|!~|!=|=)\s*(?:"((?:\\.|[^"\\])*)"|([^,"]*?))\s*(?:,|$)/y;

/** One line of matchers, in braces or without: `{alertname=~"A|B", severity="page"}`. What is no matcher ends it. */
function readMatchers(line: string): readonly Matcher[] {
  const text = line.trim().replace(/^\{(.*)\}$/s, "$1");
  const found: Matcher[] = [];
  matcher.lastIndex = 0;
  for (let match = matcher.exec(text); match; match = matcher.exec(text)) {
    const [, quoted, plain, op = "=", value, bare] = match;
    found.push({ label: unescaped(quoted ?? plain ?? ""), op: op as Matcher["op"], value: unescaped(value ?? bare ?? "") });
    if (matcher.lastIndex >= text.length) break;
  }
  return found;
}

function unescaped(text: string): string {
  return text.replace(/\\(["\\])/g, "$1").replace(/\\n/g, "\n");
}
