/** Grafana's grid as classes: a page's policy allows no styles on elements. Places beyond are put where there is room. */
export const gridStyles: string = [
  "@media (min-width: 60rem) {",
  ...range(24).map((x) => `.x${x} { grid-column-start: ${x + 1}; }`),
  ...range(24).map((w) => `.w${w + 1} { grid-column-end: span ${w + 1}; }`),
  ...range(64).map((y) => `.y${y} { grid-row-start: ${y + 1}; }`),
  ...range(16).map((h) => `.h${h + 1} { grid-row-end: span ${h + 1}; }`),
  "}",
].join("\n");

function range(length: number): readonly number[] {
  return Array.from({ length }, (_, number) => number);
}
