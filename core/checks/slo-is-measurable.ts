import { subjectIn } from "../model/service";
import { whyUnmeasurable } from "../model/slo";
import { problem, type Check } from "./check";

/** Every objective can be counted, and its burn-rate alerts can fire. */
export const sloIsMeasurable: Check = {
  id: "slo-is-measurable",
  description:
    "An objective's threshold is a bucket of its histogram, and its budget can burn as fast as its fastest alert needs.",
  severity: "error",
  run: (model) =>
    model.services.flatMap((service) =>
      service.slos.flatMap((slo) => {
        const why = whyUnmeasurable(slo);
        return why === undefined ? [] : [problem(subjectIn(service, "slos", { name: slo.id }), why)];
      }),
    ),
};
