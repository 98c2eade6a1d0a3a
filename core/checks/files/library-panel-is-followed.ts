import { problem, type Check } from "../check";

/** What is kept in Grafana alone, no file tells. */
export const libraryPanelIsFollowed: Check = {
  id: "library-panel-is-followed",
  description: "A library panel is kept in Grafana: its queries are not in the file, and are not checked.",
  severity: "warning",
  run: ({ files }) =>
    (files?.dashboards ?? []).flatMap(({ panels }) =>
      panels
        .filter(({ isLibrary }) => isLibrary)
        .map(({ subject }) =>
          problem(
            subject,
            "is a library panel, whose queries are kept in Grafana and were not checked. Export the dashboard with its library panels to have them checked.",
          ),
        ),
    ),
};
