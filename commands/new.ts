import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { runbookFiles } from "../core/render/skeleton/runbooks";
import { serviceFiles, withCascades, withListedService, type UpstreamService } from "../core/render/skeleton/service";
import { UserError } from "../machine/system/user-error";
import { services } from "../services";
import type { CommandDescription } from "../machine/terminal/command";
import type { CommandLine } from "../machine/terminal/command-line";

/** What is to be known of `new`. */
export const description = {
  name: "new",
  summary:
    "Writes the skeleton of a service with its runbooks, and adds it to services/index.ts. The checks list what is left to fill in.",
  words: [
    { word: "<what>", help: "service" },
    { word: "<id>", help: "short and in lower case, such as mh: the name of its folders, and how its metrics begin" },
  ],
  options: {
    upstream: {
      type: "string",
      value: "<ids>",
      help: "the services on which it depends, such as mc or gc,mc: with the step that looks there and the cascade",
    },
  },
  examples: ["service mh", "service mh --upstream mc"],
} as const satisfies CommandDescription;

/** Writes a new service; nothing where any of its files exists. */
export function main({ words, values }: CommandLine<typeof description>): Promise<number> {
  const [what, id = "", ...more] = words;
  if (what !== "service" || more.length > 0) throw new UserError("What is new? So far only a service: npm run new -- service mh");
  if (!/^[a-z][a-z0-9]*$/.test(id))
    throw new UserError(
      `"${id}" is no id of a service. Take a short word in lower case, such as mh: it begins the names of its metrics.`,
    );
  const root = resolve(__dirname, "..");
  const upstreams = values.upstream === undefined ? [] : upstreamsOf(root, values.upstream.split(","));
  const files = { ...serviceFiles(id, upstreams), ...runbookFiles(id) };
  const taken = Object.keys(files).filter((path) => existsSync(resolve(root, path)));
  if (taken.length > 0) throw new UserError(`Nothing was written: ${taken.join(", ")} exists already.`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(resolve(root, path)), { recursive: true });
    writeFileSync(resolve(root, path), text);
  }
  const index = resolve(root, "services/index.ts");
  writeFileSync(index, withListedService(readFileSync(index, "utf8"), id));
  const cascades = resolve(root, "services/cascades.ts");
  if (upstreams.length > 0) writeFileSync(cascades, withCascades(readFileSync(cascades, "utf8"), id, upstreams));
  console.log(
    [
      `Wrote ${Object.keys(files).join(", ")}, and added it to services/index.ts${upstreams.length > 0 ? " and services/cascades.ts" : ""}.`,
      `Assumed: job and Deployment are called ${id}-service, with 2 replicas, in the namespace dark-tower. Compare services/${id}/workload.ts with the manifests.`,
      "Next: npm run generate, then npm run check, which lists what is left to fill in.",
    ].join("\n\n"),
  );
  return Promise.resolve(0);
}

/** The services of these ids. */
function upstreamsOf(root: string, ids: readonly string[]): readonly UpstreamService[] {
  return ids.map((id) => {
    const found = services.find((service) => service.id === id && service.workload);
    if (!found)
      throw new UserError(
        `"${id}" is no service that runs, of ${services.map((each) => each.id).join(", ")}. Something that is not watched here goes into \`upstreams\` by hand, with a title.`,
      );
    const file = readFileSync(resolve(root, `services/${id}/alerts.ts`), "utf8");
    const hasParts = /^export const parts\b/m.test(file);
    return {
      id,
      name: found.alertPrefix,
      down: {
        code: hasParts ? `${id}Parts.workload.alerts.down` : `${id}Alerts.down`,
        imported: `import { ${hasParts ? "parts" : "alerts"} as ${id}${hasParts ? "Parts" : "Alerts"} } from "./${id}/alerts";`,
      },
    };
  });
}
