import type { LoadedPanel } from "../../model/files/loaded";
import { below, type At } from "../../model/files/place";
import { isMap, listOf, mapOf, textOf } from "./shape";

interface Found {
  readonly name: string;
  readonly at: At;
}

/** Options of transformations that hold names of fields: as a text or a list, or as keys. */
const holdsNames = new Set(
  "names fields keepLabels valueLabel byField field fieldName columnField rowField source targetField destinationField".split(
    " ",
  ),
);
const holdsKeys = new Set(["renameByName", "fields"]);

/** Where a panel's transformations and overrides stand. */
interface FieldPlace {
  readonly transformations: { readonly value: unknown; readonly at: At };
  readonly overrides: { readonly value: unknown; readonly at: At };
  readonly named: { readonly file: string; readonly name: string };
}

/** The fields that a panel's transformations and overrides name, but those that they take away or hide. */
export function fieldsOf({ transformations, overrides, named }: FieldPlace): LoadedPanel["fields"] {
  const found = [
    ...listOf(transformations.value).flatMap((one, index) => inTransformation(mapOf(one), below(transformations.at, index))),
    ...listOf(overrides.value).flatMap((one, index) => inOverride(mapOf(one), below(overrides.at, index))),
  ];
  return found.map(({ name, at }) => ({ name, subject: { ...named, at } }));
}

/** Its options stand in it, or in its `spec`. */
function inTransformation(transformation: Readonly<Record<string, unknown>>, at: At): readonly Found[] {
  const spec = mapOf(transformation["spec"]);
  const [options, here] = isMap(transformation["options"])
    ? [mapOf(transformation["options"]), below(at, "options")]
    : [mapOf(spec["options"]), below(at, "spec", "options")];
  const excluded = mapOf(options["excludeByName"]);
  return within(options, here).filter(({ name }) => excluded[name] !== true);
}

function within(options: Readonly<Record<string, unknown>>, at: At): readonly Found[] {
  return Object.entries(options).flatMap(([key, value]): readonly Found[] => {
    const here = below(at, key);
    if (key === "exclude" || key === "excludeByName" || key === "indexByName") return [];
    const texts = holdsNames.has(key) ? textsIn(value, here) : [];
    const keys = holdsKeys.has(key) ? Object.keys(mapOf(value)).map((name) => ({ name, at: below(here, name) })) : [];
    const inner = Array.isArray(value)
      ? listOf(value).flatMap((one, index) => within(mapOf(one), below(here, index)))
      : within(mapOf(value), here);
    return [...texts, ...keys, ...inner];
  });
}

function textsIn(value: unknown, at: At): readonly Found[] {
  const text = textOf(value);
  if (text !== undefined) return [{ name: text, at }];
  return listOf(value).flatMap((one, index) => {
    const name = textOf(one);
    return name === undefined ? [] : [{ name, at: below(at, index) }];
  });
}

/** By name, or by several names; what it hides is shown to nobody. */
function inOverride({ matcher, properties }: Readonly<Record<string, unknown>>, at: At): readonly Found[] {
  const { id, options } = mapOf(matcher);
  const isHidden = listOf(properties).some(
    (property) => mapOf(property)["id"] === "custom.hidden" && mapOf(property)["value"] === true,
  );
  const here = below(at, "matcher", "options");
  if (isHidden) return [];
  if (id === "byName") return textsIn(options, here);
  return id === "byNames" ? textsIn(mapOf(options)["names"], below(here, "names")) : [];
}
