import assert from "node:assert/strict";
import { describe, it } from "@jest/globals";
import { templateWords } from "../../../core/site/parts/template-words";

describe("a text with templates, as people read it", () => {
  const rows: readonly (readonly [text: string, words: string])[] = [
    ["{{ $labels.actor_type }} mailboxes hold {{ $value | humanize }} messages", "{actor_type} mailboxes hold {value} messages"],
    ['{{ printf "%.2f" $value }}/s of {{$labels.a}}', "{value}/s of {a}"],
    ["{{- $value -}} %", "{value} %"],
    ["no template", "no template"],
    ["{{ if gt $value 1.0 }}many{{ end }}", "{{ if gt $value 1.0 }}many{{ end }}"],
    ["{{ $value | humanize | title }}", "{{ $value | humanize | title }}"],
  ];
  for (const [text, words] of rows) it(`says ${words}`, () => assert.equal(templateWords(text), words));
});
