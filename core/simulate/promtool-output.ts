import { durationValue } from "../model/promql/number";

/** A sample that promtool printed because it did not expect it. */
export interface PrintedSample {
  /** Seconds since the test began. */
  readonly second: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** What promtool printed, by the comment at the end of the query that asked for it. */
export function readSamples(printed: string): ReadonlyMap<string, readonly PrintedSample[]> {
  const found = new Map<string, PrintedSample[]>();
  for (const [, expr = "", time = "", got = ""] of printed.matchAll(
    /^ +expr: ("(?:[^"\\]|\\.)*"), time: (\w+),\n +exp: .*\n +got: (.*)$/gm,
  )) {
    const id = /# ([^#]*)$/.exec(String(JSON.parse(expr)))?.[1] ?? "";
    const list = found.get(id) ?? [];
    found.set(id, list);
    for (const [, labels = "", value = ""] of got.matchAll(/\{((?:[^"}]|"(?:[^"\\]|\\.)*")*)\} ([^\s,]+)/g)) {
      list.push({ second: durationValue(time) ?? NaN, labels: readLabels(labels), value: Number(value) });
    }
  }
  return found;
}

function readLabels(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/(\w+|"(?:[^"\\]|\\.)*")=("(?:[^"\\]|\\.)*")/g)];
  const plain = (name: string): string => (name.startsWith('"') ? String(JSON.parse(name)) : name);
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [plain(name), String(JSON.parse(value))]));
}
