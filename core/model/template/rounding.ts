/** `toExponential` as Go rounds: of two that are equally near, the even one; JavaScript takes the larger. */
export function toExponential(value: number, digits: number): string {
  const rounded = value.toExponential(digits);
  const [exact = "", exponent = ""] = value.toExponential(100).split("e");
  return evenOf(rounded.split("e")[0] ?? "", exact, rounded, `e${exponent}`);
}

/** `toFixed` as Go rounds, and of any size. */
export function toFixed(value: number, digits: number): string {
  if (Math.abs(value) >= 1e21) return `${BigInt(value)}${digits === 0 ? "" : `.${"0".repeat(digits)}`}`;
  const rounded = value.toFixed(digits);
  return evenOf(rounded, value.toFixed(100), rounded, "");
}

/** What stands before a half that is exact, where what was rounded up is odd. */
function evenOf(digits: string, exact: string, rounded: string, after: string): string {
  const [whole = ""] = exact.split(".");
  const length = digits.includes(".") ? digits.length : whole.length;
  const rest = exact.slice(length).replace(".", "");
  return /^50*$/.test(rest) && /[13579]$/.test(digits) ? exact.slice(0, length) + after : rounded;
}
