import { runbookIsReadable } from "../../../core/checks/runbook-is-readable";
import { testCheck } from "./rows";

testCheck(runbookIsReadable, {
  accepted: [{ name: "a folder of which everything was read", model: { unreadableRunbooks: [] } }],
  reported: [
    {
      name: "a runbook that could not be read",
      model: { unreadableRunbooks: [{ path: "ex/old.md", why: "is no text: it holds the byte NUL. Save it as UTF-8." }] },
      findings: ["runbooks/ex/old.md: is no text: it holds the byte NUL. Save it as UTF-8."],
    },
  ],
});
