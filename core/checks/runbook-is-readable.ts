import { problem, type Check } from "./check";

/** Every runbook is a text that was written there. */
export const runbookIsReadable: Check = {
  id: "runbook-is-readable",
  description: "What lies below runbooks/ is plain files, and the Markdown among it is UTF-8 without NUL.",
  severity: "error",
  run: ({ unreadableRunbooks = [] }) => unreadableRunbooks.map(({ path, why }) => problem({ file: `runbooks/${path}` }, why)),
};
