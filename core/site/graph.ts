import * as dagre from "@dagrejs/dagre";
import { html, type Html } from "./html";

/** A box of a graph, which leads somewhere. */
export interface GraphNode {
  readonly id: string;
  readonly title: string;
  /** A second line, smaller. */
  readonly note?: string;
  readonly href?: string;
  /** How it is drawn, as a class of the style sheet. */
  readonly kind: string;
}

/** An arrow from one box to another, and what it says to those who cannot see it. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly title: string;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

interface LayoutGraph {
  readonly setGraph: (label: object) => void;
  readonly graph: () => { readonly width?: number; readonly height?: number };
  readonly setDefaultEdgeLabel: (label: () => object) => void;
  readonly setNode: (id: string, label: object) => void;
  readonly node: (id: string) => Point;
  readonly setEdge: (from: string, to: string) => void;
  readonly edge: (from: string, to: string) => { readonly points?: readonly Point[] };
}

// The package's own types import each other in a way that Node's resolution does not follow: these are the parts in use.
const { Graph, layout } = dagre as unknown as {
  readonly Graph: new () => LayoutGraph;
  readonly layout: (graph: LayoutGraph) => void;
};

const lineHeight = 18;
const padding = 14;
const margin = 8;

/** A graph as a drawing, from left to right, or downwards. `title` says what it shows. */
export function drawGraph(
  title: string,
  {
    nodes,
    edges,
    direction,
  }: { readonly nodes: readonly GraphNode[]; readonly edges: readonly GraphEdge[]; readonly direction: "LR" | "TB" },
): Html {
  const graph = new Graph();
  graph.setGraph({ rankdir: direction, nodesep: 24, ranksep: 60, marginx: margin, marginy: margin });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, sizeOf(node));
  for (const { from, to } of edges) graph.setEdge(from, to);
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  return html`<svg
    class="graph"
    role="group"
    aria-label="${title}"
    viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}"
    width="${Math.ceil(width)}"
    height="${Math.ceil(height)}"
  >
    <defs>
      <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">
        <path d="M0 0 8 4 0 8Z" />
      </marker>
    </defs>
    ${edges.map(
      ({ from, to, title: label }) =>
        html`<path class="edge" d="${pathThrough(graph.edge(from, to).points ?? [])}" marker-end="url(#arrow)"
          ><title>${label}</title></path
        > `,
    )}${nodes.map((node) => drawNode(node, graph.node(node.id)))}
  </svg>`;
}

function drawNode({ title, note, href, kind, ...node }: GraphNode, { x, y }: Point): Html {
  const { width, height } = sizeOf({ title, kind, ...node, ...(note !== undefined && { note }) });
  const first = note === undefined ? y + 5 : y - 4;
  const drawing = html`<rect
      x="${round(x - width / 2)}"
      y="${round(y - height / 2)}"
      width="${width}"
      height="${height}"
      rx="6"
    /><text x="${round(x)}" y="${round(first)}">${title}</text
    >${note === undefined ? undefined : html`<text class="note" x="${round(x)}" y="${round(first + lineHeight)}">${note}</text>`}`;
  return href === undefined
    ? html`<g class="node ${kind}">${drawing}</g>`
    : html`<a class="node ${kind}" href="${href}">${drawing}</a>`;
}

/** The width that the text will have, roughly: nobody can measure a font before a page is shown. */
function sizeOf({ title, note = "" }: GraphNode): { readonly width: number; readonly height: number } {
  const longest = Math.max(title.length * 8.2, note.length * 7);
  return { width: Math.ceil(longest) + 2 * padding, height: lineHeight * (note === "" ? 1 : 2) + padding };
}

/** A smooth curve through the points that the layout gives. */
function pathThrough(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const last = rest.at(-1) ?? first;
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1] ?? last;
    const end = index === rest.length - 2 ? last : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${at(point)} ${at(end)}`;
  });
  return `M${at(first)}${bends.length > 0 ? bends.join("") : `L${at(last)}`}`;
}

function at({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
