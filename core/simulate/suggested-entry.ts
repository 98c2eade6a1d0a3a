import type { Played } from "./run";
import type { StandardId } from "./standard-id";

/** In these something happens that people may have to hear of. In the others an alert that fires is a false one. */
const tellable: readonly StandardId[] = ["first-error", "one-crash"];

/**
 * What to write where a standard situation of a service expects that nothing fires and its alerts do, if they are right to:
 * an entry of the service's `situations`, by the situation as it was seen in all views. Nothing where something else is wrong.
 */
export function suggestedEntries(all: readonly Played[]): readonly string[] {
  const bad = all.filter(({ complaints, situation }) => complaints.length > 0 && situation.expect.type === "nothing");
  const ids = [...new Set(bad.map(({ situation }) => situation.id))].filter((id) =>
    tellable.some((standard) => id.endsWith(`/${standard}`)),
  );
  return ids.map((id) => {
    const plays = all.filter(({ situation }) => situation.id === id);
    const [service = "", name = ""] = id.split("/");
    return [
      `If ${id} is right to tell people, say so in \`situations\` of service("${service}", …):`,
      "",
      `  situations: {`,
      `    "${name}": {`,
      `      expect: { type: "told", pages: [${tellings(plays, "page")}], warnings: [${tellings(plays, "warning")}]${inhibited(plays)} },`,
      `      because: "…",`,
      `    },`,
      `  },`,
    ].join("\n");
  });
}

/** The alerts of a severity that reached people in some view, the first ones first, and by when in the slowest. */
function tellings(plays: readonly Played[], severity: "page" | "warning"): string {
  const told = plays
    .flatMap(({ notifications }) => notifications.filter(({ toldAt }) => toldAt !== undefined))
    .filter(({ alert }) => (alert.labels["severity"] === "page") === (severity === "page"))
    .toSorted((one, other) => one.alert.from - other.alert.from);
  const names = [...new Set(told.map(nameOf))];
  return names
    .map((name) => {
      const latest = Math.max(...plays.map((play) => earliest(play, name)).filter(Number.isFinite));
      return `{ anyOf: ["${name}"], within: "${Math.floor(latest / 60) + 1}m" }`;
    })
    .join(", ");
}

function earliest({ notifications }: Played, name: string): number {
  return Math.min(...notifications.filter((each) => nameOf(each) === name).map(({ alert }) => alert.from));
}

function inhibited(plays: readonly Played[]): string {
  const all = plays.flatMap(({ notifications }) => notifications);
  const told = new Set(all.filter(({ toldAt }) => toldAt !== undefined).map(nameOf));
  const silent = [...new Set(all.map(nameOf))].filter((name) => !told.has(name));
  return silent.length === 0 ? "" : `, inhibited: [${silent.map((name) => JSON.stringify(name)).join(", ")}]`;
}

function nameOf({ alert }: Played["notifications"][number]): string {
  return alert.labels["alertname"] ?? "";
}
