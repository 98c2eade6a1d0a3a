import { TemplateError, type Operand, type Pipeline } from "./syntax";

/** What is known of a value before a template is expanded: what a query gives is known to a running Prometheus only. */
export type Type = "labels" | "number" | "sample" | "series" | "text";

interface Signature {
  /** What each argument must be; "number" is also a text, which Prometheus reads as one. */
  readonly takes: readonly Type[];
  readonly gives: Type;
}

const toText: Signature = { takes: ["text"], gives: "text" };
const numberToText: Signature = { takes: ["number"], gives: "text" };

/** Functions that take what only some others give. */
const signatures: ReadonlyMap<string, Signature> = new Map(
  Object.entries({
    query: { takes: ["text"], gives: "series" },
    first: { takes: ["series"], gives: "sample" },
    value: { takes: ["sample"], gives: "number" },
    strvalue: { takes: ["sample"], gives: "text" },
    label: { takes: ["text", "sample"], gives: "text" },
    sortByLabel: { takes: ["text", "series"], gives: "series" },
    reReplaceAll: { takes: ["text", "text", "text"], gives: "text" },
    ...{ humanize: numberToText, humanize1024: numberToText, humanizeDuration: numberToText },
    ...{ humanizePercentage: numberToText, humanizeTimestamp: numberToText },
    ...{ title: toText, toUpper: toText, toLower: toText, stripPort: toText, stripDomain: toText, urlQueryEscape: toText },
    parseDuration: { takes: ["text"], gives: "number" },
  } satisfies Readonly<Record<string, Signature>>),
);

const names: Readonly<Record<Type, string>> = {
  labels: "labels",
  number: "a number",
  sample: "a sample; take its value",
  series: "all that a query finds; take the first of them",
  text: "a text",
};

/**
 * What a command gives, whose last argument may be what the one before it has given. `own` are the variables that the
 * template has made itself, of whatever name. @throws TemplateError where it cannot take what it is given.
 */
export function typeOfCommand(
  [first, ...given]: readonly Operand[],
  piped: Type | "nothing" | undefined,
  own: ReadonlySet<string>,
): Type | undefined {
  const typeOf = (operand: Operand): Type | undefined => typeOfOperand(operand, own);
  const signature = first?.type === "function" ? signatures.get(first.name) : undefined;
  if (first?.type !== "function" || !signature)
    return given.length === 0 && piped === "nothing" && first ? typeOf(first) : undefined;
  const types = [...given.map(typeOf), ...(piped === "nothing" ? [] : [piped])];
  signature.takes.forEach((wanted, at) => {
    const type = types[at];
    if (type !== undefined && type !== wanted && !(wanted === "number" && type === "text"))
      throw new TemplateError(`"${first.name}" is given ${names[type]}`);
  });
  return signature.gives;
}

function typeOfOperand(operand: Operand, own: ReadonlySet<string>): Type | undefined {
  if (operand.type === "pipeline") return operand.fields.length === 0 ? typeOfPipeline(operand.pipeline, own) : undefined;
  if (operand.type === "literal")
    return typeof operand.value === "string" ? "text" : typeof operand.value === "boolean" ? undefined : "number";
  if (operand.type === "function") return operand.fields.length === 0 ? signatures.get(operand.name)?.gives : undefined;
  if (operand.type !== "variable" || own.has(operand.name)) return undefined;
  if (operand.name === "$value" && operand.fields.length === 0) return "number";
  if (operand.name !== "$labels" || operand.fields.length > 1) return undefined;
  return operand.fields.length === 0 ? "labels" : "text";
}

function typeOfPipeline({ commands }: Pipeline, own: ReadonlySet<string>): Type | undefined {
  let type: Type | "nothing" | undefined = "nothing";
  for (const command of commands) type = typeOfCommand(command, type, own);
  return type === "nothing" ? undefined : type;
}
