import * as pulumi from "@pulumi/pulumi";

/** Whether an input is known already. */
export function isKnown<T>(input: pulumi.Input<T>): input is T {
  return !pulumi.Output.isInstance(input) && !(input instanceof Promise);
}

/** A function of an input: at once where the input is known already, so that nothing is hidden in a preview. */
export function mapInput<T, U>(input: pulumi.Input<T>, change: (value: T) => U): U | pulumi.Output<U> {
  if (isKnown(input)) return change(input);
  // An output of plain data resolves to what went in, which the compiler cannot follow through `Unwrap`.
  return pulumi.output(input).apply((value: unknown) => change(value as T));
}

type LabelsInput = pulumi.Input<Readonly<Record<string, pulumi.Input<string>>>>;

/** Labels of an object, its own and those that somebody gives. */
export function mergeLabels(own: Readonly<Record<string, string>>, more: LabelsInput): LabelsInput {
  return pulumi.output(more).apply((labels) => ({ ...own, ...labels }));
}

/** Refuses a name that Kubernetes would refuse, or that would come to be another one. */
export function requireObjectName(property: string, name: string): void {
  if (/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(name) && name.length <= 200) return;
  throw new pulumi.InputPropertyError({
    propertyPath: property,
    reason: `${property} is ${JSON.stringify(name)}; it must hold lower-case letters, digits and dashes, and begin and end with a letter or digit.`,
  });
}
