import { plainTemplate, toTemplate } from "../../model/placeholders";
import { valueTemplate, type Unit } from "../../model/unit";

/** What a text of an alert may print by name. */
export interface Printable {
  readonly unit: Unit;
  /** The labels that its panel keeps; any where that cannot be told. */
  readonly labels: readonly string[] | "any";
}

/** The template of an annotation as an alert's text: `{label}` and `{value}` where they mean the same, else as it is. */
export function sayTemplate(template: string, printable: Printable): string | undefined {
  const guarded = withoutLoneBraces(template);
  return [withPlaceholders(guarded, printable), guarded, template].find(
    (said) => plainTemplate(toTemplate(said, printable.unit)) === plainTemplate(template),
  );
}

/** A text within this many braces is read by the compiler too. */
const mostBraces = 40;

/** Whether the compiler can read the text for its placeholders. */
export function isReadable(text: string): boolean {
  return text.split("{").length <= mostBraces;
}

function withPlaceholders(template: string, { unit, labels }: Printable): string {
  const value = plainTemplate(valueTemplate(unit));
  return template.replace(/\{\{.*?\}\}(?:B|\/s)?/gs, (written) => {
    const [action = ""] = /^\{\{.*?\}\}/s.exec(written) ?? [];
    const rest = written.slice(action.length);
    const label = /^\{\{\s*\$labels\.([A-Za-z_]\w*)\s*\}\}$/.exec(action)?.[1];
    if (label !== undefined && label !== "value" && (labels === "any" || labels.includes(label))) return `{${label}}${rest}`;
    if (plainTemplate(written) === value) return "{value}";
    return plainTemplate(action) === value ? `{value}${rest}` : written;
  });
}

/** A brace that begins no action would be taken for a placeholder: an action prints it. */
function withoutLoneBraces(template: string): string {
  return template
    .split(/(\{\{.*?\}\})/s)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll("{", '{{ "{" }}')))
    .join("");
}
