import { alignColumns } from "../render/columns";
import { renderMarkdownTable } from "../render/marked-block";
import { localTime, isAtNight, nightHours } from "./night";
import { describeSeconds, differencesOf, rowsOf, times, type BacktestReport, type Row } from "./report";

const mostPages = 20;
const columns = ["alert", "severity", "fired", "in total", "longest", "pages", "at night", "inhibited"];

/** The report for a terminal. */
export function renderText(report: BacktestReport): string {
  const rows = rowsOf(report).map(cellsOf);
  const indented = ([head, ...lines]: readonly string[]): string =>
    [...(head === undefined ? [] : [head]), ...lines.map((line) => `  ${line}`)].join("\n");
  return joined([
    headOf(report),
    report.notes.join("\n"),
    rows.length === 0 ? "" : alignColumns([columns.map((title) => title.toUpperCase()), ...rows]).join("\n"),
    silentOf(report),
    indented(pagesOf(report)),
    indented(untoldOf(report)),
    conclusionOf(report).join("\n"),
  ]);
}

/** The report as Markdown. */
export function renderMarkdown(report: BacktestReport): string {
  const rows = rowsOf(report).map(cellsOf);
  const listed = ([head, ...lines]: readonly string[]): string =>
    head === undefined ? "" : [head, "", ...lines.map((line) => `- ${line}`)].join("\n");
  return joined([
    headOf(report),
    report.notes.join("\n"),
    conclusionOf(report)
      .map((line) => `**${line}**`)
      .join("\n\n"),
    rows.length === 0 ? "" : renderMarkdownTable([columns, ...rows]),
    silentOf(report),
    listed(pagesOf(report)),
    listed(untoldOf(report)),
  ]);
}

/** The report for programs: seconds and Unix time. */
export function renderJson(report: BacktestReport): string {
  const alerts = rowsOf(report).map(({ history, alert, severity, head, base }) => ({
    alert,
    severity,
    ...head,
    ...(base && { base }),
    instances: history?.instances ?? 0,
    periods: history?.periods ?? [],
  }));
  const { head, base, ...context } = report;
  const untold = { cannotTell: head.unplayable, ...(base && { cannotTellOfBase: base.unplayable }) };
  return JSON.stringify(
    { ...context, alerts, silent: silentNames(report), ...untold, differences: differencesOf(report) },
    null,
    2,
  );
}

function joined(parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join("\n\n");
}

function headOf({ server, window, timeZone, everySeconds, samples, series }: BacktestReport): string {
  const [from, until] = [localTime(window.from, timeZone), localTime(window.until, timeZone)];
  return [
    `What the alerts would have done on the data of ${server}, ${from} to ${until} (${timeZone}; night is ${nightHours.from} to ${nightHours.until}):`,
    `evaluated every ${describeSeconds(everySeconds)} where a group says nothing else, over ${samples} samples of ${series} series.`,
  ].join("\n");
}

function cellsOf({ name, severity, isPaging, head, base }: Row): readonly string[] {
  const both = (of: (counts: Row["head"]) => string): string => {
    const [now, before] = [of(head), base && of(base)];
    return before === undefined || before === now ? now : `${before} → ${now}`;
  };
  const paged = (count: (counts: Row["head"]) => number): string => (isPaging ? both((counts) => String(count(counts))) : "-");
  return [
    name,
    severity === "" ? "-" : severity,
    both(({ fired }) => String(fired)),
    both(({ totalSeconds }) => describeSeconds(totalSeconds)),
    both(({ longestSeconds }) => describeSeconds(longestSeconds)),
    paged(({ pages }) => pages),
    paged(({ nightPages }) => nightPages),
    both(({ inhibited }) => String(inhibited)),
  ];
}

function silentNames({ head }: BacktestReport): readonly string[] {
  const fired = new Set(head.histories.map(({ alert }) => alert));
  return head.told.filter((name) => !fired.has(name)).sort();
}

function silentOf(report: BacktestReport): string {
  const names = silentNames(report);
  const [only] = names;
  if (only === undefined) return "";
  return names.length === 1 ? `${only} would not have fired.` : `${names.length} other alerts would not have fired.`;
}

/** The pages, the newest first: those who were woken remember. */
function pagesOf(report: BacktestReport): readonly string[] {
  const { window, timeZone } = report;
  const pages = rowsOf(report)
    .flatMap(({ name, isPaging, history }) =>
      (isPaging ? (history?.periods ?? []) : []).flatMap(({ toldAt, until, isOpenAfter }) =>
        toldAt === undefined || toldAt < window.from ? [] : [{ name, toldAt, until, isOpenAfter }],
      ),
    )
    .sort((a, b) => b.toldAt - a.toldAt);
  if (pages.length === 0) return [];
  const lines = pages.slice(0, mostPages).map(({ name, toldAt, until, isOpenAfter }) => {
    const end = isOpenAfter ? "and it fires still" : `over after ${describeSeconds(until - toldAt)}`;
    return `${localTime(toldAt, timeZone)}  ${name}, ${end}${isAtNight(toldAt, timeZone) ? ", at night" : ""}`;
  });
  const rest = pages.length - lines.length;
  return ["Pages, the newest first:", ...lines, ...(rest > 0 ? [`… and ${rest} more, in --format json`] : [])];
}

function untoldOf({ head, base }: BacktestReport): readonly string[] {
  const ofHead = head.unplayable.map(({ alert, why }) => `${alert}: it ${why}.`);
  const ofBase = (base?.unplayable ?? []).map(({ alert, why }) => `${alert} of the base: it ${why}.`);
  const lines = [...ofHead, ...ofBase.filter((line) => !ofHead.includes(line.replace(" of the base", "")))];
  return lines.length === 0
    ? []
    : [`Of ${lines.length === 1 ? "one alert" : `${lines.length} alerts`} nothing can be told:`, ...lines];
}

/** What came of it, in sentences: what differs from the base or, without one, how often somebody was paged. */
export function conclusionOf(report: BacktestReport): readonly string[] {
  const different = differencesOf(report);
  if (different.length > 0) return different;
  if (report.base) return ["The base would have done the same."];
  const sum = (count: (counts: Row["head"]) => number): number =>
    rowsOf(report).reduce((total, { head }) => total + count(head), 0);
  const pages = sum((counts) => counts.pages);
  const nights = sum((counts) => counts.nightPages);
  if (pages === 0) return ["Nobody would have been paged."];
  return [`Somebody would have been paged ${times(pages)}, ${nights === 0 ? "never" : times(nights)} at night.`];
}
