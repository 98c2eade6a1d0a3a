const duration = /^(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?$/;

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
  const pairs = [...text.matchAll(/(\w+)=("(?:[^"\\]|\\.)*")/g)];
  return Object.fromEntries(pairs.map(([, name = "", value = ""]) => [name, String(JSON.parse(value))]));
}

function secondsOf(text: string): number {
  const [, days = "0", hours = "0", minutes = "0", seconds = "0"] = duration.exec(text) ?? [];
  return Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
}
