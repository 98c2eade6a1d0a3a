/**
 * A text with the templates of Prometheus as people read it: `{actor_type} mailboxes hold {value} messages`. What is more than a
 * label or the value stays as it is written.
 */
export function templateWords(text: string): string {
  return text
    .replace(/\{\{-?\s*\$labels\.(\w+)\s*-?\}\}/g, "{$1}")
    .replace(/\{\{-?\s*(?:printf "[^"{}]*" )?\$value(?:\s*\|\s*\w+)?\s*-?\}\}/g, "{value}");
}
