import { randomFrom } from "../../../random";

const piece = /"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|`[^`]*`|[A-Za-z_:][\w:]*|[\d.]+\w*|\s+|[=!<>]=|[=!]~|./gs;
const characters = Array.from("()[]{}\"'`\\,:;=!~<>@#$%^&*-+/0159.eExsmhd \n_é");

/** So many different texts, each made of one of the given ones by one or two small changes: a piece or a character more, less or another. */
export function mutations(texts: readonly string[], count: number, seed: number): readonly string[] {
  const random = randomFrom(seed);
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? "";
  const place = (length: number): number => Math.floor(random() * length);
  const pieces = [...new Set(texts.flatMap((text) => text.match(piece) ?? []))];
  const changes: readonly ((parts: string[]) => void)[] = [
    (parts) => parts.splice(place(parts.length), 1),
    (parts) => parts.splice(place(parts.length + 1), 0, pick(pieces)),
    (parts) => parts.splice(place(parts.length), 1, pick(pieces)),
    (parts) => parts.splice(place(parts.length), 1, pick(parts)),
    (parts) => parts.splice(0, parts.length, ...spliced(parts.join(""), place(parts.join("").length), 1, "")),
    (parts) => parts.splice(0, parts.length, ...spliced(parts.join(""), place(parts.join("").length), 0, pick(characters))),
  ];
  const made = new Set<string>();
  while (made.size < count) {
    const parts = [...(pick(texts).match(piece) ?? [])];
    for (let left = random() < 0.3 ? 2 : 1; left > 0; left -= 1) changes[place(changes.length)]?.(parts);
    made.add(parts.join(""));
  }
  return [...made];
}

function spliced(text: string, at: number, removed: number, inserted: string): readonly string[] {
  return [text.slice(0, at) + inserted + text.slice(at + removed)];
}
