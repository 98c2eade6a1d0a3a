import { proseNamesExist } from "../../../core/checks/prose-names-exist";
import { panel } from "../../../core/model/panel";
import { queryOf } from "../../../core/model/query";
import { testCheck } from "./rows";

const at = "runbooks/ex/incident-response.md:29";
const shown = panel("waiting", {
  title: "Messages that wait",
  description: "x",
  unit: "short",
  queries: { q: { query: queryOf("sum(up)"), legend: "q" } },
});
const prose = (text: string) => ({ panel: shown, markdown: (before: string) => `${before}\n${text}\n` });

testCheck(proseNamesExist, {
  accepted: [
    { name: "names as they are", ...prose('`EXDeep` fires; the panel "Messages that wait" shows it.') },
    { name: "an alert of another system", ...prose("`KubePodCrashLooping` and `EXTERNAL_URL` and `EX`") },
    { name: "another alert of that form, which is no slip", ...prose("`EXSomethingElse` was renamed.") },
    { name: "another panel", ...prose('the panel "Threads" of another team, the "Waiting" panel') },
    { name: "a short name that is another", ...prose('the "Death" panel, the "depth" panel, the "Depths" panel') },
    { name: "a quotation that is no panel", ...prose('He said "Messages that wai" to the panel.') },
    { name: "a name within code", ...prose('```text\nthe panel "Messages that wat"\n```') },
  ],
  reported: [
    {
      name: "a short name, two letters of which have changed places",
      ...prose('See the "Dpeth" panel.'),
      findings: [`${at}: there is no panel "Dpeth". Did you mean "Depth"?`],
    },
    {
      name: "an alert",
      ...prose("`EXDeeep` fires."),
      findings: [`${at}: there is no alert "EXDeeep". Did you mean "EXDeep"?`],
    },
    {
      name: "a panel, before and behind its word",
      ...prose('the panel "Mesages that wait"; the "Messages that waits" panel'),
      findings: [
        `${at}: there is no panel "Mesages that wait". Did you mean "Messages that wait"?`,
        `${at}: there is no panel "Messages that waits". Did you mean "Messages that wait"?`,
      ],
    },
  ],
});
