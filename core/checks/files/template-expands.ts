import { below } from "../../model/files/place";
import { templateFault } from "../../model/template/expand";
import { unknownExternalLabels } from "../../model/template/external-labels";
import { misspelt } from "../../model/template/functions";
import { templateLabels } from "../../model/template/labels";
import { problem, type Check } from "../check";

/** A template that does not expand is printed as an error, in the middle of the page. */
export const templateExpands: Check = {
  id: "template-expands",
  description: "Templates in annotations and labels are closed, and use the functions and variables that Prometheus has.",
  severity: "error",
  run: ({ files }) =>
    (files?.rules ?? []).flatMap(({ kind, annotations, labels, subject }) =>
      kind === "record"
        ? []
        : Object.entries({ annotations, labels }).flatMap(([key, texts]) =>
            Object.entries(texts).flatMap(([name, text]) => {
              const fault = templateFault(text, templateLabels(text), false);
              const at = subject.at && { at: below(subject.at, key, name) };
              const messages =
                fault === undefined
                  ? unknownExternalLabels(text, files?.cluster.externalLabels)
                  : [`is no template that Prometheus can expand: ${fault}.${misspelt(fault)}`];
              return messages.map((message) => problem({ ...subject, ...at }, `\`${name}\` ${message}`));
            }),
          ),
    ),
};
