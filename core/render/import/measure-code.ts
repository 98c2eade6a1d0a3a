import { expression } from "../../model/measure";
import { isSameQuery } from "../../model/promql-meaning";
import { parsePromql } from "../../model/promql-syntax";
import { queryOf } from "../../model/query";
import type { Unit } from "../../model/unit";
import { measureLike, recordedMeasureLike, type Legend, type MeasureCode } from "./measure-shapes";
import { queryCode, type References } from "./query-code";
import { text } from "./source";

/** What is known of a query that is to be said. */
export interface Asked {
  readonly expr: string;
  /** Of its panel; undefined where the file gives none. */
  readonly unit: Unit | undefined;
  readonly legend: string;
  readonly references: References;
  /** The service's recording rules: their queries by name. */
  readonly recorded: ReadonlyMap<string, string>;
}

/** The measure that a query is, in meaning; an `expression` where it is none, or one of another unit. */
export function measureCode({ expr, unit, legend, references, recorded }: Asked): MeasureCode {
  const tree = parsePromql(expr);
  const make = tree && (recordedMeasureLike(tree, references, recorded) ?? measureLike(tree, references));
  const isIt = ({ measure }: MeasureCode): boolean =>
    (unit === undefined || measure.unit === unit) && isSameQuery(measure.query.expr, expr);
  const usual = make?.({});
  if (make && usual && isIt(usual)) return legend === "" || usual.measure.legend === legend ? usual : make({ legend });
  return expressionCode({ expr, unit: unit ?? "short", legend }, references);
}

function expressionCode(
  { expr, unit, legend }: { readonly expr: string; readonly unit: Unit } & Required<Legend>,
  references: References,
): MeasureCode {
  return {
    measure: expression(queryOf(expr), unit, legend),
    code: (imports) => `${imports.use("expression")}(${queryCode(expr, references, imports)}, ${text(unit)}, ${text(legend)})`,
  };
}
