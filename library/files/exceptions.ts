import { isIdOf, renamedTo } from "../../core/model/former-check-ids";
import { isLiveId } from "../../core/checks/live-ids";
import { matchesSome } from "../../core/model/files/catalog";
import { matching } from "../../core/load/files/find-files";
import type { Configuration, Exception } from "../../core/load/files/configuration";
import type { AcceptedFinding, Finding } from "../../core/model/finding";

/** The exceptions for what is wrong with files, or with what runs: the others accept nothing there, and are none the worse. */
export function exceptionsFor(what: "files" | "running", { exceptions }: Configuration): readonly Exception[] {
  return exceptions.filter(({ check }) => isLiveId(check) === (what === "running"));
}

/** The findings that an exception in force accepts, with its reason. */
export function acceptedBy(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
  today: string,
): readonly AcceptedFinding[] {
  const inForce = exceptions.filter(({ until }) => until >= today);
  return findings.flatMap((finding) => {
    const exception = inForce.find((one) => accepts(one, finding));
    return exception ? [{ ...finding, reason: `${exception.reason} (until ${exception.until})`, isElsewhere: true }] : [];
  });
}

/** The findings that no exception accepts, and a warning for each exception that is over or accepts nothing. */
export function withoutAccepted(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
  { today, file }: { readonly today: string; readonly file: string },
): readonly Finding[] {
  const inForce = exceptions.filter(({ until }) => until >= today);
  const used = new Set<Exception>();
  const left = findings.filter((finding) => {
    const accepted = inForce.filter((exception) => accepts(exception, finding));
    accepted.forEach((exception) => used.add(exception));
    return accepted.length === 0;
  });
  const over = exceptions.filter(
    (exception) => !inForce.includes(exception) && findings.some((finding) => accepts(exception, finding)),
  );
  const idle = exceptions.filter((exception) => !used.has(exception) && !over.includes(exception));
  const say = (check: string, message: string): Finding => ({
    check: "exception-is-in-force",
    severity: "warning",
    subject: { file, name: check },
    message,
  });
  const renamed = exceptions.flatMap((exception) => {
    const now = renamedTo(exception.check);
    return used.has(exception) && now !== undefined
      ? [say(exception.check, `the check is called "${now}" now. Write that.`)]
      : [];
  });
  return [
    ...left,
    ...renamed,
    ...over.map(({ check, until, reason }) =>
      say(
        check,
        `the exception ended on ${until} ("${reason}"), and what it accepted is still there. Repair it, or set a new day.`,
      ),
    ),
    ...idle.map(({ check, reason }) => say(check, `the exception accepts nothing any more ("${reason}"). Remove it.`)),
  ];
}

function accepts({ check, file, name }: Exception, finding: Finding): boolean {
  return (
    isIdOf(check, finding.check) &&
    (file === undefined || matching([finding.subject.file], [file]).length > 0) &&
    (name === undefined || matchesSome(finding.subject.name ?? "", [name]))
  );
}
