import { posix } from "node:path";
import type { Alert } from "../model/alert";
import { panelNumber, type Dashboard, type Panel } from "../model/panel";
import type { RunbookSection } from "../model/runbook";

/** A page of the site, perhaps a place on it. */
export interface Address {
  /** The file, from the root of the site. */
  readonly file: string;
  /** The id of an element on the page. */
  readonly fragment?: string;
}

/**
 * Where things are. A runbook and a dashboard have the addresses that alerts carry, `runbooks/mc/incident-response.md` and
 * `d/<uid>`: as folders with an index, so that any web server shows them as pages.
 */
export const addressOf = {
  map: (fragment?: string): Address => page("", fragment),
  everything: (): Address => page("everything"),
  findings: (): Address => page("findings"),
  situations: (): Address => page("situations"),
  /** What a change touches, before and after side by side. */
  changes: (fragment?: string): Address => page("changes", fragment),
  service: (id: string, fragment?: string): Address => page(`services/${id}`, fragment),
  platform: (fragment?: string): Address => page("platform", fragment),
  alert: ({ name }: Pick<Alert, "name">): Address => page(`alerts/${name}`),
  runbook: (path: string, fragment?: string): Address => page(`runbooks/${path}`, fragment),
  /** An image that lies beside the runbooks. */
  image: (path: string): Address => ({ file: `runbooks/${path}` }),
  section: ({ path, slug }: Pick<RunbookSection, "path" | "slug">): Address => page(`runbooks/${path}`, slug),
  dashboard: ({ uid }: Pick<Dashboard, "uid">): Address => page(`d/${uid}`),
  panel: ({ uid }: Dashboard, panel: Panel): Address => page(`d/${uid}`, panelElement(panel)),
  /** A panel as a deployed alert names it: its dashboard's uid and its number. */
  panelNumbered: (uid: string, number: string): Address => page(`d/${uid}`, `panel-${number}`),
  situation: (id: string): Address => page(`situations/${id}`),
} as const;

/** The id of a panel's element on its dashboard's page: Grafana's number of it, which `viewPanel` names. */
export function panelElement({ id }: Panel): string {
  return `panel-${panelNumber(id)}`;
}

/** The id of a metric's element on its service's page. */
export function metricElement(name: string): string {
  return `metric-${name}`;
}

/**
 * A link from one page to another, relative, to the very file: so the site can stand below any path, and in a folder that is
 * opened without a server.
 */
export function linkBetween(from: string, { file, fragment }: Address): string {
  const anchor = fragment === undefined ? "" : `#${encodeURIComponent(fragment)}`;
  if (file === from && anchor !== "") return anchor;
  const path = posix.relative(posix.dirname(from), file);
  return path.split("/").map(encodeURIComponent).join("/") + anchor;
}

function page(folder: string, fragment?: string): Address {
  return { file: posix.join(folder, "index.html"), ...(fragment !== undefined && { fragment }) };
}
