import { indexOf, sectionKey } from "../model/model";
import { isScenario } from "../model/runbook";
import { runbookSubject } from "../model/section-content";
import { problem, type Check } from "./check";

/** A scenario to which no alert leads is found by nobody at night. */
export const sectionHasAlert: Check = {
  id: "section-has-alert",
  description: "An alert leads to every numbered scenario of a runbook.",
  severity: "warning",
  run: (model) => {
    const { alertsBySection } = indexOf(model);
    return model.runbooks.flatMap((document) =>
      document.headings
        .filter((heading) => isScenario(heading) && !alertsBySection.has(sectionKey({ path: document.path, slug: heading.slug })))
        .map(({ title, line }) =>
          problem(
            runbookSubject(document, line),
            `no alert leads to "${title}". Add one, or write why there is none below the heading: \`<!-- accept section-has-alert: reason -->\`.`,
          ),
        ),
    );
  },
};
