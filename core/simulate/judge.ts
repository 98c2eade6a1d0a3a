import type { Expectation, Telling } from "../model/expectation";
import { toSeconds } from "../model/duration";
import type { Notification } from "./notifications";

/** What came of a situation. */
export interface Outcome {
  readonly notifications: readonly Notification[];
  /** The service whose situation it is; undefined for one of the whole system. */
  readonly service: string | undefined;
}

/** What is not as expected, in words; nothing when all is. */
export function judge(expected: Expectation, { notifications, service }: Outcome): readonly string[] {
  const told = notifications.filter(({ toldAt }) => toldAt !== undefined);
  switch (expected.type) {
    case "anything":
      return [];
    case "nothing":
      return unique(notifications.filter((each) => !(expected.butMay ?? []).includes(nameOf(each))).map(unexpected));
    case "page":
      return judgePage(told, service, toSeconds(expected.within));
    case "warning":
      return judgeWarning(
        expected.everywhere ? told.filter((each) => isPage(each) || isOf(each, service)) : told,
        service,
        toSeconds(expected.within),
      );
    case "told":
      return judgeTold(expected, notifications);
  }
}

function judgePage(told: readonly Notification[], service: string | undefined, within: number): readonly string[] {
  const pages = told.filter(isPage);
  const own = pages.filter((each) => each.alert.labels["service"] === service);
  const names = [...new Set(pages.map(nameOf))];
  return [
    ...(own.some(({ alert }) => alert.from <= within) ? [] : [`no page of ${service ?? "anybody"} within ${within} s`]),
    ...(names.length > 1 ? [`${names.length} pages: ${pages.map(when).join(", ")}`] : []),
    ...unique(told.filter((each) => each.alert.labels["service"] !== service).map(unexpected)),
  ];
}

function judgeWarning(told: readonly Notification[], service: string | undefined, within: number): readonly string[] {
  const own = told.filter((each) => each.alert.labels["service"] === service);
  return [
    ...(own.some(({ alert }) => alert.from <= within) ? [] : [`no alert of ${service ?? "anybody"} within ${within} s`]),
    ...flapping(told),
    ...unique(told.filter((each) => each.alert.labels["service"] !== service).map(unexpected)),
  ];
}

function judgeTold(expected: Extract<Expectation, { type: "told" }>, all: readonly Notification[]): readonly string[] {
  const told = all.filter(({ toldAt }) => toldAt !== undefined);
  const { pages, warnings, butMay = [], inhibited = [], overBy } = expected;
  const named = new Set([...pages, ...warnings].flatMap(({ anyOf }) => anyOf));
  const isNamed = (each: Notification): boolean => named.has(nameOf(each)) || (!isPage(each) && butMay.includes(nameOf(each)));
  const lateOrNever = [...pages, ...warnings].flatMap((telling) => missing(telling, told));
  const order = pages.map(({ anyOf }) =>
    Math.min(...told.filter((each) => anyOf.includes(nameOf(each))).map((each) => each.toldAt ?? Infinity)),
  );
  const disorder = order.some((moment, index) => index > 0 && moment < (order[index - 1] ?? 0));
  return [
    ...lateOrNever,
    ...unique(told.filter((each) => !isNamed(each)).map(unexpected)),
    ...(disorder ? [`the pages come in another order: ${told.filter(isPage).map(when).join(", ")}`] : []),
    ...inhibited
      .filter((name) => !all.some((each) => nameOf(each) === name && each.toldAt === undefined))
      .map((name) => `${name} does not fire inhibited`),
    ...flapping(told),
    ...(overBy === undefined
      ? []
      : unique(
          all.filter(({ alert }) => alert.until > toSeconds(overBy)).map((each) => `${nameOf(each)} fires after ${overBy}`),
        )),
  ];
}

function missing({ anyOf, within, notBefore = "0s" }: Telling, told: readonly Notification[]): readonly string[] {
  const named = told.filter((each) => anyOf.includes(nameOf(each)));
  return [
    ...(named.some(({ alert }) => alert.from <= toSeconds(within)) ? [] : [`no ${anyOf.join(" or ")} within ${within}`]),
    ...named.filter(({ alert }) => alert.from < toSeconds(notBefore)).map((each) => `${when(each)} is before ${notBefore}`),
  ];
}

/** An alert that ends and begins again tells people twice. */
function flapping(told: readonly Notification[]): readonly string[] {
  const keys = told.map(({ alert }) => JSON.stringify(alert.labels));
  const twice = told.filter(({ alert }) => keys.filter((key) => key === JSON.stringify(alert.labels)).length > 1);
  return unique(twice.map((each) => `${nameOf(each)} ends and begins again`));
}

function unexpected(each: Notification): string {
  return `${nameOf(each)} ${isPage(each) ? "pages" : "warns"} at ${each.alert.from} s`;
}

function when(each: Notification): string {
  return `${nameOf(each)} at ${each.alert.from} s`;
}

function isOf({ alert }: Notification, service: string | undefined): boolean {
  return alert.labels["service"] === service;
}

function isPage({ alert }: Notification): boolean {
  return alert.labels["severity"] === "page";
}

function nameOf({ alert }: Notification): string {
  return alert.labels["alertname"] ?? "";
}

function unique(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)];
}
