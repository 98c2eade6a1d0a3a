import { proseSaysThresholds } from "../../../core/checks/prose-says-thresholds";
import { testCheck } from "./rows";

/** The section with its generated lines, and something said below them. */
const saying =
  (prose: string, { line = '"Depth" is above 100 for 5m.', once = "" } = {}) =>
  (text: string): string =>
    text.replace(
      "`EXDeep` fires.",
      `<!-- alerts: written by \`npm run generate\`${once} -->\n\n- \`EXDeep\` (warning): ${line}\n\n<!-- end of alerts -->\n\n${prose}`,
    );
const reported = (numbers: string) =>
  `runbooks/ex/incident-response.md:7: the text of this section still says ${numbers}, which an alert here had and none has any longer. Say it anew, or leave it to the lines that are written by \`npm run generate\`.`;
const was = { line: '"Depth" is above 400 for 2m.' };

testCheck(proseSaysThresholds, {
  accepted: [
    { name: "a number that is the threshold", markdown: saying("More than 100 wait for 5 minutes.") },
    { name: "a number that never was one", markdown: saying("Each of 30 pods holds 7 %, for 3 minutes.") },
    { name: "an old threshold of which the text says nothing", markdown: saying("Many wait.", was) },
    { name: "an old number in another unit", markdown: saying("400 ms, 2 s, 2.5m and 1400 are something else.", was) },
    { name: "an old number in code", markdown: saying("See `queue_400` and `2m`.\n\n```bash\nsleep 400\n```", was) },
    { name: "what was remembered and is the threshold again", markdown: saying("More than 100.", { once: "; once 100" }) },
  ],
  reported: [
    {
      name: "the threshold that was, before the lines are written anew",
      markdown: saying("More than 400 wait for 2 minutes.", was),
      findings: [reported("400, 2m")],
    },
    {
      name: "the threshold that was, remembered",
      markdown: saying("For 2 min or 2m.", { once: "; once 2m" }),
      findings: [reported("2m")],
    },
  ],
});
