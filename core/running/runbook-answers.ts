import { problem, type Problem } from "../checks/check";
import { didYouMean } from "../model/suggestion";
import type { RunbookPage } from "./declared";
import type { LiveCheck } from "./live-check";
import type { Page } from "./running";

/** Whoever is woken finds the section. */
export const runbookAnswers: LiveCheck = {
  id: "runbook-answers",
  description: "The address of every runbook answers, and its page has the anchor that an alert leads to.",
  severity: "error",
  run: ({ runbookPages }, { runbooks }) =>
    runbookPages.flatMap((page) => {
      const told = runbooks?.get(page.address);
      return told && "data" in told ? wrongWith(page, told.data) : [];
    }),
};

/** GitHub puts it before the ids of what people wrote. */
const userContent = "user-content-";

function wrongWith({ address, anchor, subject }: RunbookPage, page: Page): readonly Problem[] {
  if (page.status === 404 || page.status === 410)
    return [problem(subject, `leads to ${address}, which answers ${page.status}: there is no such page.`)];
  if (anchor === "" || page.anchors.has(anchor) || page.anchors.has(`${userContent}${anchor}`)) return [];
  // What shows a login, or is made by a script in the browser, says nothing of the page.
  if (!page.hasHeadings || page.redirected !== undefined) {
    const why = page.redirected === undefined ? "a script makes its headings" : `it leads on to ${page.redirected}`;
    return [
      {
        ...problem(subject, `leads to ${address}#${anchor}: whether the anchor is there cannot be told, ${why}. Open it once.`),
        severity: "warning",
      },
    ];
  }
  const known = [...page.anchors].map((name) => name.replace(userContent, ""));
  return [problem(subject, `leads to ${address}#${anchor}, and that page has no such anchor.${didYouMean(anchor, known)}`)];
}
