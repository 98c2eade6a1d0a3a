import { upstreamIsClear } from "../../../core/checks/upstream-is-clear";
import type { Dependency } from "../../../core/model/dependency";
import { exampleModel } from "./example";
import { testCheck } from "./rows";

const [ex] = exampleModel().services;
if (!ex) throw new Error("The example has no service.");
const up = { ...ex, id: "up" };
const leaning = { service: ex, reason: "x", seenBy: [] };
const on = (...dependencies: readonly Dependency[]) => ({ model: { services: [ex, up], dependencies } });
const at = "services/ex/index.ts ex →";

testCheck(upstreamIsClear, {
  accepted: [
    { name: "a service with its step", ...on({ ...leaning, upstream: up, step: "Check upstream" }) },
    { name: "something that is not watched here", ...on({ ...leaning, upstream: { id: "db", title: "DB" } }) },
    {
      name: "two services that lean on one database",
      ...on(
        { ...leaning, upstream: { id: "db", title: "DB" } },
        { ...leaning, service: up, upstream: { id: "db", title: "DB" } },
      ),
    },
  ],
  reported: [
    {
      name: "something else under the id of a service",
      ...on({ ...leaning, upstream: { id: "up", title: "Up" } }),
      findings: [
        `${at} up: up is a service of this project, and has a title as if it were not: write \`up: upstream(upWorkload, "…")\` into \`upstreams\`.`,
      ],
    },
    {
      name: "a service without a step",
      // @ts-expect-error -- nor does it compile
      ...on({ ...leaning, upstream: up }),
      findings: [`${at} up: needs a step: by which numbered step do the runbooks of ex look at up?`],
    },
    {
      name: "an empty step",
      ...on({ ...leaning, upstream: up, step: " " }),
      findings: [`${at} up: needs a step: by which numbered step do the runbooks of ex look at up?`],
    },
    {
      name: "a service that is not in the model",
      ...on({ ...leaning, service: { ...ex, id: "exx" }, upstream: { id: "db", title: "DB" } }),
      findings: ['services/exx/index.ts exx → db: "exx" is no service. There are ex, up. Did you mean "ex"?'],
    },
  ],
});
