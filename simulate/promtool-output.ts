import type { Observation } from "./timeline";

const duration = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

/** The alerts that promtool prints, by the id of the test. */
export function readAlerts(printed: string): ReadonlyMap<string, readonly Observation[]> {
  const found = new Map<string, Observation[]>();
  for (const [, id = "", time = "", got = ""] of printed.matchAll(
    /expr: "ALERTS # ([^"]+)", time: (\w+),\n +exp: .*\n +got: (.*)/g,
  )) {
    const list = found.get(id) ?? [];
    found.set(id, list);
    for (const [, labels = ""] of got.matchAll(/\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\}/g)) {
      list.push({ second: secondsOf(time), labels: readLabels(labels) });
    }
  }
  return found;
}

function readLabels(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)];
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, String(JSON.parse(value))]));
}

function secondsOf(text: string): number {
  const [, days = "0", hours = "0", minutes = "0", seconds = "0"] = duration.exec(text) ?? [];
  return Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
