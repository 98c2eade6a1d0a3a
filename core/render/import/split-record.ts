import { groupBy } from "../../model/group-by";
import { camelCase, kebabCase, Names } from "./names";
import { record, type Imports } from "./source";

/** What writes the code of a file, and says what that imports. */
export type Code = (imports: Imports) => string;

/** An entry of a record, and by which it is kept with others. */
export interface Entry {
  readonly group: string;
  readonly key: string;
  readonly code: Code;
}

/** More than these are no file that a person reads. */
const mostEntries = 15;

/** A record as code. One that is too long has a file for each of its groups, by the name of the file. */
export function splitRecord(
  name: "alerts" | "panels",
  comment: string,
  entries: readonly Entry[],
): { readonly code: Code; readonly files: Readonly<Record<string, Code>> } {
  const groups = groupBy(entries, ({ group }) => group);
  if (entries.length <= mostEntries || groups.size < 2) return { code: declaration(name, comment, entries), files: {} };
  const names = new Names();
  const parts = [...groups].map(([group, members]) => {
    const words = names.give(kebabCase(`${group} ${name}`, "other"), "-");
    return { file: words, exported: camelCase(words, "other"), members };
  });
  return {
    code: (imports) => {
      const spread = parts.map(({ file, exported }) => `...${imports.useFrom(exported, `./${file}`)},\n`);
      return `/** ${comment} */\nexport const ${name} = {\n${spread.join("")}};\n`;
    },
    files: Object.fromEntries(
      parts.map(({ file, exported, members }) => [`${file}.ts`, declaration(exported, comment, members)]),
    ),
  };
}

function declaration(name: string, comment: string, entries: readonly Entry[]): Code {
  return (imports) => {
    const codes = entries.map(({ key, code }) => [key, code(imports)] as const);
    return `/** ${comment} */\nexport const ${name} = ${record(codes)};\n`;
  };
}
