import { problem, type Check } from "../check";

/** What cannot be read cannot be checked either. */
export const fileIsReadable: Check = {
  id: "file-is-readable",
  description:
    "Every file that the configuration names is what it should be: whole YAML or JSON, UTF-8, not larger than servers take.",
  severity: "error",
  run: ({ files }) => (files?.unread ?? []).map(({ subject, message }) => problem(subject, message)),
};
