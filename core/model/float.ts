/**
 * A number as Prometheus writes it, into the label `le` among others: `0.5`, `1.0`, `5e-05`, `2.5e+06`. That is Go's
 * shortest form, whose exponents begin below 0.0001 and at a million and have two digits, with a point in whole numbers
 * (FormatOpenMetricsFloat in model/labels/float.go).
 */
export function formatFloat(value: number): string {
  if (value === Infinity) return "+Inf";
  if (value === -Infinity) return "-Inf";
  const [digits = "", exponent = "0"] = value.toExponential().split("e");
  const power = Number(exponent);
  if (value !== 0 && (power < -4 || power >= 6)) {
    return `${digits}e${power < 0 ? "-" : "+"}${String(Math.abs(power)).padStart(2, "0")}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
}

/** Every way in which a service could have written the number: before version 3, Prometheus kept what it was given. */
export function writtenForms(value: number): readonly string[] {
  const plain = withoutExponent(value);
  const short = formatFloat(value).replace(/\.0$/, "");
  return [...new Set([short, formatFloat(value), String(value), plain, ...(Number.isInteger(value) ? [`${plain}.0`] : [])])];
}

function withoutExponent(value: number): string {
  const text = String(value);
  // What knows all languages takes a while to load: only where it is needed.
  return value !== 0 && /^-?[\d.]+$/.test(text)
    ? text
    : value.toLocaleString("en-US", { useGrouping: false, maximumSignificantDigits: 17 });
}
