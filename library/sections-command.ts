#!/usr/bin/env node
import { existsSync } from "node:fs";
import { writeSections } from "./generated";

// `observability-sections`, in the folder of a program: before its TypeScript can be loaded, since the services read the sections.
if (existsSync("runbooks")) {
  const written = writeSections(".");
  console.log(written.length > 0 ? `Wrote ${written.join(", ")}.` : "The sections are up to date.");
} else {
  console.error(
    "There is no folder runbooks here. Run this in the folder of Pulumi.yaml, with the runbooks in runbooks/<service>/.",
  );
  process.exitCode = 1;
}
