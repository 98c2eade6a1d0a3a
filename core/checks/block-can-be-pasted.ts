import { indexOf } from "../model/model";
import { runbookService, type Fence, type RunbookDocument } from "../model/runbook";
import { runbookSubject } from "../model/section-content";
import { problem, type Check } from "./check";

/** Somebody who is paged at night copies a whole block, and it does what the text says. */
export const blockCanBePasted: Check = {
  id: "block-can-be-pasted",
  description:
    "A bash block does not wait for ever above its last line, names no namespace and no Prometheus of one installation, and needs no program in a container of a workload without a shell.",
  severity: "error",
  run: (model) => {
    const { services } = indexOf(model);
    return model.runbooks.flatMap((document) => {
      const hasShell = services.get(runbookService(document.path))?.workload?.withoutShell !== true;
      return document.fences.flatMap((fence) =>
        objections(fence, { hasValues: exportsValues(document), hasShell }).map(({ offset, message }) =>
          problem(runbookSubject(document, fence.line + offset), message),
        ),
      );
    });
  },
};

/** Only a runbook with a block of its stack's values has variables to write in their place. */
function exportsValues({ fences }: RunbookDocument): boolean {
  return fences.some(({ attributes }) => "values" in attributes);
}

interface Objection {
  /** Lines below the fence's first. */
  readonly offset: number;
  readonly message: string;
}

/** What is known of the runbook in which a block stands. */
interface Surroundings {
  readonly hasValues: boolean;
  readonly hasShell: boolean;
}

function objections(fence: Fence, { hasValues, hasShell }: Surroundings): readonly Objection[] {
  if (!["bash", "sh", "shell"].includes(fence.language)) return [];
  const lines = fence.code.split("\n").map((line) => line.replace(/(^|\s)#.*$/, ""));
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return lines.flatMap((line, index) =>
    [
      ...(index < last && waitsForEver(line) ? [blocking] : []),
      ...(hasValues ? literals(line) : []),
      ...(!hasShell && /\bkubectl\b.*\sexec\s/.test(line) ? [noShell] : []),
    ].map((message) => ({ offset: index + 1, message })),
  );
}

const blocking =
  "the command goes on until it is stopped, so that the lines below it are never reached. Put it into a block of its own, or end it with &.";
const noShell =
  "the command needs a program inside the container, and the images have none. Use `kubectl debug` with an image that has it.";

/** Commands that end only when somebody ends them. In the background they hold up nothing. */
function waitsForEver(line: string): boolean {
  if (/&\s*$/.test(line) && !/&&\s*$/.test(line)) return false;
  return (
    /\bkubectl\b.*\s(port-forward|proxy)\b/.test(line) ||
    /\bkubectl\b.*\s(get|logs)\b.*\s(-w|--watch|-f|--follow)(\s|=|$)/.test(line) ||
    /\btail\s+-[fF]\b/.test(line)
  );
}

/** What is true of one installation only: each stack's runbooks export its own values. */
function literals(line: string): readonly string[] {
  const namespace = /\bkubectl\b.*?\s(?:-n|--namespace)[ =]"?([a-z][-a-z0-9]*)/.exec(line)?.[1];
  const prometheus = /([\w.-]+:\d+)\/api\/v1\/(?:query|alerts|targets|rules|series|labels)/.exec(line)?.[1];
  return [
    ...(namespace === undefined
      ? []
      : [`the command names the namespace ${namespace}. Write "$NAMESPACE" or "$MONITORING_NAMESPACE".`]),
    ...(prometheus === undefined ? [] : [`the command names Prometheus as ${prometheus}. Write "$PROMETHEUS_URL".`]),
  ];
}
