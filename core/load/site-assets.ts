import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const own = join(__dirname, "../site/assets");

/** The scripts, styles and images of the site, by their names: our own, and those of the libraries that a browser loads. */
export function loadSiteAssets(): ReadonlyMap<string, string> {
  const names = readdirSync(own).sort();
  return new Map([
    ...names.map((name): [string, string] => [name, readFileSync(join(own, name), "utf8")]),
    ["uplot.js", read("uplot", "dist/uPlot.iife.min.js")],
    ["uplot.css", read("uplot", "dist/uPlot.min.css")],
    ["minisearch.js", read("minisearch", "dist/umd/index.js").replace(/\n\/\/# sourceMappingURL=.*\n?$/, "\n")],
  ]);
}

function read(library: string, file: string): string {
  return readFileSync(join(folderOf(library), file), "utf8");
}

/** Not every package lets its package.json be asked for: its folder is the one of its name above its entry point. */
function folderOf(library: string): string {
  let folder = dirname(require.resolve(library));
  while (!folder.endsWith(join("node_modules", library))) folder = dirname(folder);
  return folder;
}
