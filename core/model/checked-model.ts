import type { Model } from "./model";

/** Exists for the compiler alone: what is protected cannot be written elsewhere, and a copy by `{ ...model }` does not have it. */
declare abstract class Passed {
  protected readonly checks: "passed";
}

/** A model in which the checks have found no error. `checkModel` makes it, and nothing else: an unchecked one, or a copy, does not compile. */
export type CheckedModel = Model & Passed;

const passed = new WeakSet<Model>();

/** Whether a model has passed: what the compiler cannot hold of programs that are not compiled. */
export function isChecked(model: Model): model is CheckedModel {
  return passed.has(model);
}

/** Records that a model has passed its checks. For the room of the checks alone. */
export function markChecked(model: Model): CheckedModel {
  passed.add(model);
  if (!isChecked(model)) throw new TypeError("A WeakSet has forgotten what was just added.");
  return model;
}

/** What of a checked model may be another without being wrong: fewer services, or the values and labels of an installation. */
type Deployable = Partial<Pick<Model, "services" | "dependencies" | "runbooks" | "installation">>;

/** A checked model of which fewer services are deployed, or that has got the values of an installation. */
export function withoutRecheck(model: CheckedModel, change: Deployable): CheckedModel {
  const isSame = Object.entries(change).every(([part, value]) => Reflect.get(model, part) === value);
  // The same object where nothing changes, because its index is kept for it.
  const parts: Model = model;
  return isSame ? model : markChecked({ ...parts, ...change });
}
