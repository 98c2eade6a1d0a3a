import { namesInCommand } from "./names-in-command";

/** Fields and keys within `{{ … }}`: of `$labels.x`, `.Labels.x`, `index $labels "x"`, of a query there, and of a legend's `{{x}}`. */
export function namesInTemplate(text: string): readonly string[] {
  if (!text.includes("{{")) return [];
  return [...text.matchAll(/\{\{-?([\s\S]*?)-?\}\}/g)].flatMap(([, action = ""]) => {
    const whole = action.trim();
    if (/^[\w.-]+$/.test(whole) && !whole.startsWith(".")) return [whole];
    // What is defined, and called, has a name of its own: `template "email" .`.
    const asked = action.replace(/\b(?:template|define|block)\s+"[^"]*"/g, "");
    return [...asked.matchAll(/\.(\w+)|"((?:\\.|[^"\\])*)"|`([^`]*)`|'([^']*)'/g)].flatMap(([, field, double, raw, single]) => {
      const written = double ?? raw ?? single ?? "";
      return field ?? (/^[\w-]+$/.test(written) ? written : /[({]/.test(written) ? namesInCommand(written) : []);
    });
  });
}

/** The names of Grafana's variables in a text: `$email`, `${email:regex}`, `[[email]]`. */
export function variablesIn(text: string): readonly string[] {
  if (!/\$|\[\[/.test(text)) return []; // so it is with most texts
  return [...text.matchAll(/\$(\w+)|\$\{(\w+)|\[\[(\w+)/g)].map(([, plain, braced, old]) => plain ?? braced ?? old ?? "");
}

/** The labels that a text of a panel prints: `{{x}}`, and `${__field.labels.x}`. */
export function namesInPanelText(text: string): readonly string[] {
  if (!text.includes("{{") && !text.includes("__field")) return [];
  const fields = [...text.matchAll(/__field\.labels(?:\.([\w-]+)|\["?([^\]"]+)"?\])/g)];
  return [...namesInTemplate(text), ...fields.map(([, field, key]) => field ?? key ?? "")];
}

/** What the query strings of the addresses in a text ask for. */
export function namesInAddresses(text: string): readonly string[] {
  return [...text.matchAll(/https?:\/\/\S+/g)].flatMap(([address]) => namesInAddress(address));
}

/** What the query strings of an address ask for, also behind its fragment: their keys, without Grafana's `var-`, and names in a query that they hold. */
export function namesInAddress(address: string): readonly string[] {
  const asked = [...address.matchAll(/\?([^#?]*)/g)].map(([, text]) => text);
  return [...new URLSearchParams(asked.join("&"))].flatMap(([key, value]) => [
    key.replace(/^var-/, ""),
    // A search such as `email:x` asks for a name as `email=x` does.
    ...(/[{|]|\w:(?!\/)/.test(value) ? namesInCommand(value.replace(/(\w):(?!\/)/g, "$1=")) : []),
    ...variablesIn(value),
  ]);
}
