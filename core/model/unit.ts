const units = ["short", "s", "percentunit", "bytes", "reqps", "cps", "cores"] as const;

/** What a panel's numbers mean. The names are Grafana's unit ids, but for `cores`, which Grafana shows as a plain number. */
export type Unit = (typeof units)[number];

/** The unit of that name, `short` where there is none. */
export function unitNamed(name: string): Unit {
  return units.find((unit) => unit === name) ?? "short";
}

/** A value as a person reads it: 0.5 with unit `s` is "500 ms", 0.1 with `percentunit` is "10 %". */
export function formatValue(value: number, unit: Unit): string {
  switch (unit) {
    case "s":
      return value !== 0 && Math.abs(value) < 1 ? `${round(value * 1000)} ms` : `${round(value)} s`;
    case "percentunit":
      return `${round(value * 100)} %`;
    case "bytes":
      return formatBytes(value);
    case "reqps":
      return `${round(value)} requests/s`;
    case "cps":
      return `${round(value)}/s`;
    case "cores":
      return `${round(value)} cores`;
    case "short":
      return round(value);
  }
}

/** The Go template that prints an alert's `$value` in this unit. */
export function valueTemplate(unit: Unit): string {
  switch (unit) {
    case "s":
      return "{{ $value | humanizeDuration }}";
    case "percentunit":
      return "{{ $value | humanizePercentage }}";
    case "bytes":
      return "{{ $value | humanize1024 }}B";
    case "reqps":
    case "cps":
      return '{{ printf "%.2f" $value }}/s'; // humanize would print 0.04 as "40m"
    case "cores":
    case "short":
      return "{{ $value | humanize }}";
  }
}

/** Grafana's id for the unit. */
export function grafanaUnit(unit: Unit): string {
  return unit === "cores" ? "short" : unit;
}

/**
 * How many decimals a panel shows, so that numbers below each other can be compared: 99.97 %, 0.04/s, 512.3 ms.
 * Undefined for counts: Grafana shows as many as there are.
 */
export function decimalsOf(unit: Unit): number | undefined {
  switch (unit) {
    case "s":
    case "bytes":
      return 1;
    case "percentunit":
    case "reqps":
    case "cps":
    case "cores":
      return 2;
    case "short":
      return undefined;
  }
}

function formatBytes(value: number): string {
  const names = ["B", "KiB", "MiB", "GiB", "TiB"] as const;
  let size = value;
  let unit = 0;
  while (size >= 1024 && unit < names.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${round(size)} ${names[unit] ?? "B"}`;
}

function round(value: number): string {
  return String(Number(value.toPrecision(6)));
}
