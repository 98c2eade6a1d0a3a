/** What an operand can be: Go's whole numbers are `bigint`, its floats `number`. */
export type Value = string | number | bigint | boolean | LabelSet | undefined;

/** Labels by name. */
export class LabelSet {
  constructor(readonly labels: Readonly<Record<string, string>>) {}

  get(name: string): string {
    return Object.hasOwn(this.labels, name) ? (this.labels[name] ?? "") : "";
  }
}
