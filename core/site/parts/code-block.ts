import { html, type Html } from "../html";
import { promqlMarkup } from "../promql-markup";

/** A piece of code, with a button that copies it where there is a script. `label` tells what it is to those who cannot see it. */
export function codeBlock(code: string, language: string, label: string): Html {
  const shown = language === "promql" ? promqlMarkup(code) : html`${code}`;
  return html`<div class="code">
    <pre
      tabindex="0"
      role="region"
      aria-label="${label}"
    ><code class="language-${language.replace(/[^\w-]/g, "")}">${shown}</code></pre>
    <button type="button" class="copy" hidden>Copy</button>
  </div>`;
}
