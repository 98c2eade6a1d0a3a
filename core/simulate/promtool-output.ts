const unitSeconds: Readonly<Record<string, number>> = {
  y: 31_536_000,
  w: 604_800,
  d: 86_400,
  h: 3600,
  m: 60,
  s: 1,
  ms: 0.001,
};

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
      list.push({ second: secondsOf(time), labels: readLabels(labels), value: Number(value) });
    }
  }
  return found;
}

function readLabels(text: string): Readonly<Record<string, string>> {
  const pairs = [...text.matchAll(/(\w+|"(?:[^"\\]|\\.)*")=("(?:[^"\\]|\\.)*")/g)];
  const plain = (name: string): string => (name.startsWith('"') ? String(JSON.parse(name)) : name);
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [plain(name), String(JSON.parse(value))]));
}

/** promtool writes a week as `1w`, and nothing but whole ones. */
function secondsOf(text: string): number {
  const parts = [...text.matchAll(/(\d+)(ms|[ywdhms])/g)];
  return parts.reduce((sum, [, count, unit = ""]) => sum + Number(count) * (unitSeconds[unit] ?? 0), 0);
}
