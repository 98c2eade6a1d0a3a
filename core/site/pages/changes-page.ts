import { changeKinds } from "../../model/change";
import { groupBy } from "../../model/group-by";
import { addressOf, type Address } from "../address";
import { addressBefore, comparisonElement, type ComparedCommits, type ComparedPart, type Comparison } from "../comparison";
import type { Content } from "../content";
import { html, type Html } from "../html";
import type { Page } from "../page";
import { boundsDrawing, describeBounds, reachOf } from "../parts/bounds-drawing";
import { linksFrom, type PageLinks } from "../parts/links";
import { besideEachOther, type Beside } from "../parts/side-by-side";
import { list } from "../parts/table";

/** What a change touches, before and after side by side. `files` are those of the site as it is. */
export function changesPage(commits: ComparedCommits, content: Content, files: ReadonlySet<string>): Page {
  const address = addressOf.changes();
  const links = linksFrom(address.file, content.model);
  const things = thingsOf(commits);
  const kinds = changeKinds.map((kind) => things.filter((thing) => thing.kind === kind)).filter((some) => some.length > 0);
  const place: Place = { links, commits, files, isOneStack: commits.stacks.length === 1 };
  const body = html`<p class="lead">${commits.head}, compared with ${commits.base}.</p>
    <p>
      ${
        commits.before.size === 0
          ? "The site as it was could not be made, so nothing leads to it."
          : html`The whole site: ${links.to(addressBefore(addressOf.map()), "before")}, ${links.to(addressOf.map(), "after")}.`
      }
    </p>
    ${things.length === 0 ? html`<p class="fine">No alert, panel or runbook section changes.</p>` : undefined}
    <nav class="contents" aria-label="Changes">
      ${list(things.map((thing) => html`${thing.kind} <a href="#${encodeURIComponent(thing.id)}">${thing.name}</a>`))}
    </nav>
    ${kinds.map(
      (some) =>
        html`<section>
          <h2>${titleOf(some)}</h2>
          ${some.map((thing) => showThing(thing, place))}
        </section>`,
    )}`;
  return { address, title: "What changes", body };
}

/** A thing with the stacks in which the same becomes of it. */
interface Thing extends Pick<Comparison, "kind" | "name"> {
  readonly id: string;
  readonly variants: readonly { readonly stacks: string; readonly comparison: Comparison }[];
}

interface Place {
  readonly links: PageLinks;
  readonly commits: ComparedCommits;
  readonly files: ReadonlySet<string>;
  readonly isOneStack: boolean;
}

function thingsOf({ stacks }: ComparedCommits): readonly Thing[] {
  const all = stacks.flatMap(({ stack, comparisons }) => comparisons.map((comparison) => ({ stack, comparison })));
  return [...groupBy(all, ({ comparison }) => comparisonElement(comparison))].flatMap(([id, made]) => {
    const [first] = made;
    const variants = [...groupBy(made, ({ comparison }) => JSON.stringify(comparison)).values()].flatMap((same) =>
      same[0] ? [{ stacks: same.map(({ stack }) => stack).join(", "), comparison: same[0].comparison }] : [],
    );
    return first ? [{ id, kind: first.comparison.kind, name: first.comparison.name, variants }] : [];
  });
}

function titleOf(some: readonly Thing[]): string {
  const kind = some[0]?.kind ?? "";
  return `${kind[0]?.toUpperCase() ?? ""}${kind.slice(1)}s: ${some.length}`;
}

function showThing({ id, kind, name, variants }: Thing, place: Place): Html {
  return html`<article class="change">
    <h3 id="${id}" tabindex="-1">${kind} ${name}</h3>
    ${variants.map(
      ({ stacks, comparison }) =>
        html`<p>
            <span class="severity a-${comparison.action}">${comparison.action}</span>${
              place.isOneStack ? undefined : html` in ${stacks}`
            }${comparison.notes.map((note) => html` ${note}`)}
          </p>
          ${compared(comparison, name, place)}`,
    )}
  </article>`;
}

function compared({ before, after, parts }: Comparison, name: string, { links, commits, files }: Place): Html {
  const side = (word: string, address: Address | undefined): Html => (address ? links.to(address, word) : html`${word}`);
  const was = before && commits.before.has(before.file) ? addressBefore(before) : undefined;
  const now = after && files.has(after.file) ? after : undefined;
  return html`<div class="table" tabindex="0" role="region" aria-label="${name}, before and after">
    <table class="beside-each-other">
      <thead>
        <tr>
          <td></td>
          <th scope="col">${side("before", was)}</th>
          <th scope="col">${side("after", now)}</th>
        </tr>
      </thead>
      ${parts.map(
        (part) =>
          html`<tbody class="${part.form}">
            ${rowsOf(part)}
          </tbody>`,
      )}
    </table>
  </div>`;
}

function rowsOf(part: ComparedPart): Html {
  if (part.form === "bounds") return boundsRow(part);
  const rows = besideEachOther(part.before, part.after);
  return html`${rows.map(
    (row, number) =>
      html`<tr>
        ${number === 0 ? html`<th scope="rowgroup" rowspan="${rows.length}">${part.what}</th>` : undefined}${cellsOf(row)}
      </tr> `,
  )}`;
}

function cellsOf(row: Beside): Html {
  if ("leftOut" in row) return html`<td class="left-out" colspan="2">… ${row.leftOut} lines that are the same</td>`;
  if ("both" in row) return html`<td class="same" colspan="2">${row.both}</td>`;
  const { before, after } = row;
  return html`<td class="${before ? "was" : "none"}">${before}</td>
    <td class="${after ? "now" : "none"}">${after}</td>`;
}

function boundsRow({ what, unit, before, after }: Extract<ComparedPart, { form: "bounds" }>): Html {
  const reach = reachOf(before ?? [], after ?? []);
  const cell = (bounds: typeof before): Html =>
    bounds
      ? html`<td>${boundsDrawing(bounds, reach, unit)}<span class="aside">${describeBounds(bounds, unit)}</span></td>`
      : html`<td class="none"></td>`;
  return html`<tr>
    <th scope="row">${what}</th>
    ${cell(before)}${cell(after)}
  </tr>`;
}
