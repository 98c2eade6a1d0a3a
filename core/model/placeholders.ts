import { valueTemplate, type Unit } from "./unit";

/** The names in braces of a text: `"operation" | "value"` of `"{operation} takes {value}"`. */
export type Placeholders<S extends string> = S extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `{${string}` | `${string} ${string}` ? never : Name) | Placeholders<Rest>
  : never;

/** Any type where each placeholder of the text is `value` or one of the labels; else one that no text has, and that says which is not. */
export type Printable<S extends string, L extends string> = [Exclude<Placeholders<S>, L | "value">] extends [never]
  ? unknown
  : { readonly "the panel does not keep the label": Exclude<Placeholders<S>, L | "value"> };

// An action, which is passed over, or a placeholder.
const placeholder = /\{\{.*?\}\}|(?<!\{)\{([A-Za-z_]\w*)\}(?!\})/gs;

/** The text as a Go template: `{actor_type}` prints that label, and `{value}` the alert's value as its unit is written. */
export function toTemplate(text: string, unit: Unit): string {
  return text.replace(placeholder, (whole, name?: string) => {
    if (name === undefined) return whole;
    return name === "value" ? valueTemplate(unit) : `{{ $labels.${name} }}`;
  });
}

/**
 * A template with one space at either end of each action, and with the brace itself for an action that prints one: two
 * texts that are the same but for that print the same.
 */
export function plainTemplate(text: string): string {
  return text.replace(/\{\{(.*?)\}\}/gs, (whole, action: string) => {
    if (/^-|-$/.test(action)) return whole; // it takes the space around it away
    return action.trim() === '"{"' ? "{" : `{{ ${action.trim()} }}`;
  });
}

/** A template without its label's values, for those who read it where no alert fires: `{actor_type}` again. */
export function withoutValues(template: string): string {
  return template.replace(/\{\{\s*\$labels\.(\w+)\s*\}\}/g, "{$1}");
}
