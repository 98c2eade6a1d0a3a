import { inhibitionIsDeclared } from "../../../core/checks/inhibition-is-declared";
import { deepAlert, runbook } from "./example";
import { testCheck } from "./rows";

const down = { ...deepAlert, name: "EXDown" };
const panic = { ...deepAlert, name: "EXPanic" };
const alerts = [down, panic];
const model = { cascades: [{ upstream: down, downstream: [deepAlert], reason: "x" }] };
const line = runbook.split("\n").findIndex((text) => text.startsWith("Delays.")) + 1;
const says = (sentence: string) => (text: string) => text.replace("\nDelays.", `\n${sentence}`);
const at = (offset = 0): string => `runbooks/ex/incident-response.md:${line + offset}`;
const form = "Name both sides: `A` inhibits `B`, or `B` is inhibited while `A` fires.";

testCheck(inhibitionIsDeclared, {
  accepted: [
    { name: "a cascade, upstream first", alerts, model, markdown: says("`EXDown` inhibits `EXDeep`.") },
    { name: "a cascade, downstream first", alerts, model, markdown: says("`EXDeep` is inhibited while `EXDown` fires.") },
    {
      name: "an alert that another sentence names",
      alerts,
      model,
      markdown: says("`EXPanic` pages. `EXDown` inhibits `EXDeep`."),
    },
    {
      name: "what is said of no alert in particular",
      alerts,
      model,
      markdown: says("An inhibited alert is listed all the same."),
    },
    { name: "alerts that inhibit nothing", alerts, model, markdown: says("`EXDeep` and `EXPanic` fire together.") },
    { name: "a comment in a block", alerts, model, markdown: says("Delays.\n\n```bash\n# `EXPanic` inhibits `EXDeep`\n```") },
  ],
  reported: [
    {
      name: "an inhibition that no cascade makes",
      alerts,
      model,
      markdown: says("`EXPanic` inhibits `EXDeep`."),
      findings: [`${at()}: says that EXPanic inhibits EXDeep, which no cascade of services/cascades.ts does.`],
    },
    {
      name: "a cascade the wrong way round",
      alerts,
      model,
      markdown: says("It hurts.\n`EXDown` is inhibited while `EXDeep` fires."),
      findings: [`${at(1)}: says that EXDeep inhibits EXDown, which no cascade of services/cascades.ts does.`],
    },
    {
      name: "one of several that is not",
      alerts,
      model,
      markdown: says("`EXDown` inhibits\n`EXDeep` and `EXPanic`."),
      findings: [`${at()}: says that EXDown inhibits EXPanic, which no cascade of services/cascades.ts does.`],
    },
    {
      name: "an alert without a name",
      alerts,
      model,
      markdown: says("If it is down, this one is inhibited."),
      findings: [`${at()}: says that an alert is inhibited, but not which one by which. ${form}`],
    },
  ],
});
