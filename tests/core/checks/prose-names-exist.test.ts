import { proseNamesExist } from "../../../core/checks/prose-names-exist";
import { panel } from "../../../core/model/panel";
import { queryOf } from "../../../core/model/query";
import { deepAlert } from "./example";
import { testCheck } from "./rows";

const at = "runbooks/ex/incident-response.md:29";
const shown = panel("waiting", {
  title: "Messages that wait",
  description: "x",
  unit: "short",
  queries: { q: { query: queryOf("sum(up)"), legend: "q" } },
});
const mailbox = { ...deepAlert, name: "EXDeepActorMailbox" };
const prose = (text: string) => ({ panel: shown, markdown: (before: string) => `${before}\n${text}\n` });

testCheck(proseNamesExist, {
  accepted: [
    ...[
      "**EXDeepActorMailbox** fires, or EXDeepActorMailboxes do.",
      "See EXDeepActorMailbox.md and docs/EXDeepActorMailbx.",
      '```bash\namtool alert query alertname="EXDeepActorMailbox"\n```',
      "The EXTendedActorMailbox of the SomeOtherThing, an EXDeep one.",
      'the panel `waiting`, the panel `ex-overview/waiting`, the **"Messages that wait"** panel',
      "The team's 'panel' doctor's panel 'Rest'.",
    ].map((text) => ({ name: text, ...prose(text), alerts: [mailbox] })),
    { name: "names as they are", ...prose('`EXDeep` fires; the panel "Messages that wait" shows it.') },
    { name: "an alert of another system", ...prose("`KubePodCrashLooping` and `EXTERNAL_URL` and `EX`") },
    { name: "another alert of that form, which is no slip", ...prose("`EXSomethingElse` was renamed.") },
    { name: "another panel", ...prose('the panel "Threads" of another team, the "Waiting" panel') },
    { name: "a short name that is another", ...prose('the "Death" panel, the "depth" panel, the "Depths" panel') },
    { name: "a quotation that is no panel", ...prose('He said "Messages that wai" to the panel.') },
    { name: "a name within code", ...prose('```text\nthe panel "Messages that wat"\n```') },
  ],
  reported: [
    ...[
      "the alert EXDeepActorMailbx fires",
      "**EXDeepActorMailbx** fires",
      '`ALERTS{alertname="EXDeepActorMailbx"}`',
      "```bash\namtool silence add alertname=EXDeepActorMailbx\n```",
    ].map((text) => ({
      name: `an alert in ${text}`,
      ...prose(text),
      alerts: [mailbox],
      findings: [
        `${text.startsWith("```") ? at.replace("29", "30") : at}: there is no alert "EXDeepActorMailbx". Did you mean "EXDeepActorMailbox"?`,
      ],
    })),
    {
      name: "an alert in other letters",
      ...prose("`ExDeep` fires."),
      findings: [`${at}: there is no alert "ExDeep". Did you mean "EXDeep"?`],
    },
    ...[
      "the panel 'Mesages that wait'",
      "the panel `Mesages that wait`",
      'the **"Mesages that wait"** panel',
      "panel “Mesages that wait”",
    ].map((text) => ({
      name: `a panel in ${text}`,
      ...prose(text),
      findings: [`${at}: there is no panel "Mesages that wait". Did you mean "Messages that wait"?`],
    })),
    {
      name: "the address of a panel",
      ...prose("the panel `ex-overview/waitng`"),
      findings: [`${at}: there is no panel "ex-overview/waitng". Did you mean "ex-overview/waiting"?`],
    },
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
