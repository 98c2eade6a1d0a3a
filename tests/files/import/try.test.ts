import { it } from "@jest/globals";
import { configuration, rightFiles } from "../repository";
import { compilerFaults, declared, imported } from "./imported";
import { writeFileSync } from "node:fs";
it("x", () => {
  for (const id of ["mc", "gc", "ac"]) {
    const result = imported(id, rightFiles, configuration);
    const out: string[] = [];
    for (const [p, t] of Object.entries(result.files)) if (p.endsWith(".ts")&&!p.includes("sections")) out.push("// " + p, t);
    out.push("/*", ...result.decisions.map((d) => `${d.subject.file} ${d.subject.name}: ${d.message}`), "*/");
    writeFileSync(`/tmp/import-${id}.ts`, out.join("\n"));
    console.log(compilerFaults(result.files));
    declared(id, result.files);
  }
});
