import type { DeployedBound } from "../../model/deployed";
import { formatValue, unitNamed } from "../../model/unit";
import { html, type Html } from "../html";

const width = 320;
const height = 16;

/** The colors of a panel's numbers as a bar from 0 to `reach`, so that two of them can be compared. */
export function boundsDrawing(bounds: readonly DeployedBound[], reach: number, unitName: string): Html {
  const unit = unitNamed(unitName);
  const place = (value: number): number => Math.round(Math.min(1, Math.max(0, value / reach)) * width * 10) / 10;
  const text = describeBounds(bounds, unitName);
  const pieces = bounds.map(({ value, color }, step) => {
    const from = value === null ? 0 : place(value);
    const until = place(bounds[step + 1]?.value ?? reach);
    return html`<rect
      class="is-${color}"
      x="${from}"
      y="0"
      width="${Math.round(Math.max(0, until - from) * 10) / 10}"
      height="${height}"
    />`;
  });
  const marks = bounds.flatMap(({ value }) =>
    value === null
      ? []
      : [
          html`<text x="${Math.min(width - 24, Math.max(24, place(value)))}" y="${height + 14}"
            >${formatValue(value, unit)}</text
          >`,
        ],
  );
  return html`<svg class="scale" viewBox="0 0 ${width} ${height + 18}" role="img" aria-label="${text}">
    ${pieces}
    <rect class="frame" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" />
    ${marks}
  </svg>`;
}

/** How far the bars reach: beyond the last bound of either side. */
export function reachOf(...sides: readonly (readonly DeployedBound[])[]): number {
  const most = Math.max(0, ...sides.flat().map(({ value }) => value ?? 0));
  return most > 0 ? most * 1.3 : 1;
}

/** The same in words: "red from 100 ms". */
export function describeBounds(bounds: readonly DeployedBound[], unitName: string): string {
  const unit = unitNamed(unitName);
  const words = bounds.flatMap(({ value, color }, step) => {
    if (color === bounds[step - 1]?.color) return [];
    const name = color === "transparent" || color === "text" ? "no color" : color;
    return value === null ? (name === "no color" ? [] : [name]) : [`${name} from ${formatValue(value, unit)}`];
  });
  return words.length === 0 ? "none" : words.join(", ");
}
