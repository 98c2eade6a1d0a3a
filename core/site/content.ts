import type { Finding } from "../model/finding";
import type { Model } from "../model/model";
import type { Receivers } from "../model/receiver";
import type { ResolvedEnvironment } from "../render/environment";
import type { Situation } from "../simulate/situation";
import type { Plotted } from "../simulate/plot";
import type { ComparedCommits } from "./comparison";

/** What a site shows: what one stack deploys, and what is known of it. */
export interface Content {
  readonly stack: string;
  readonly model: Model;
  readonly environment: ResolvedEnvironment;
  readonly receivers: Receivers;
  readonly findings: readonly Finding[];
  /** Everything that the simulator can play, with or without what came of it. */
  readonly situations: readonly Situation[];
  readonly plots: Plots;
  /** What changes from an earlier commit to this one: then a page tells it. */
  readonly changes?: ComparedCommits;
}

/**
 * Where the numbers of plots come from. `none`: there are no plots, and each place where one would be says why. `simulated`:
 * what came of each situation that was played. `live`: a Prometheus that the page's own server asks; the situations are not plotted.
 */
export type Plots =
  | { readonly type: "none"; readonly reason: string }
  | { readonly type: "simulated"; readonly played: ReadonlyMap<string, Plotted> }
  | { readonly type: "live"; readonly prometheus: string };

/** The files of the site, by their paths from the root: texts, and the bytes of images. */
export type Files = ReadonlyMap<string, string | Uint8Array>;
