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

/** The compiler goes through no more braces than this. */
const mostBraces = 40;

/** Whether the compiler finds placeholders in the text as `Placeholders` has it, and each is one that the panel keeps. */
export function isReadable(text: string, { labels }: Printable): boolean {
  const found = [...text.matchAll(/\{([^}]*)\}/gs)].map(([, name = ""]) => name);
  const names = found.filter((name) => !name.startsWith("{") && !name.includes(" "));
  return found.length <= mostBraces && names.every((name) => name === "value" || labels === "any" || labels.includes(name));
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
