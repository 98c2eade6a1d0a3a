import type { Situation } from "../../simulate/situation";

/** That a situation's expectation names an alert, and as what. */
export interface Named {
  readonly situation: Situation;
  readonly how: string;
}

/** The situations of which it is written, not only played, what becomes of the alert. */
export function expectationsOf(alert: string, situations: readonly Situation[]): readonly Named[] {
  return situations.flatMap((situation) => {
    const how = howNamed(alert, situation);
    return how === undefined ? [] : [{ situation, how }];
  });
}

function howNamed(alert: string, { expect }: Situation): string | undefined {
  if (expect.type === "nothing") return expect.butMay?.includes(alert) === true ? "may fire" : undefined;
  if (expect.type !== "told") return undefined;
  const telling = [...expect.pages, ...expect.warnings].find(({ anyOf }) => anyOf.includes(alert));
  if (telling) return `must be told within ${telling.within}`;
  if (expect.inhibited?.includes(alert) === true) return "fires, silenced";
  return expect.butMay?.includes(alert) === true ? "may be told" : undefined;
}
