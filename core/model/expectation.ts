import type { Duration } from "./duration";

/** An alert, or any of several, that must reach a person in time. */
export interface Telling {
  readonly anyOf: readonly string[];
  /** Counted from the moment at which the situation begins. */
  readonly within: Duration;
  /** Before this it must not. */
  readonly notBefore?: Duration;
}

/**
 * What must come of a situation. `nothing`: no alert fires. `page`: one alert of severity page of the service reaches
 * people in time, and no other page does. `warning`: at least a warning of the service does, and no alert that fires
 * ends and begins again. `told`: exactly these. `anything`: that is not what the situation is about.
 */
export type Expectation =
  | { readonly type: "anything" }
  | { readonly type: "nothing"; readonly butMay?: readonly string[] }
  | { readonly type: "page"; readonly within: Duration }
  | {
      readonly type: "warning";
      readonly within: Duration;
      /** Other services tell of the same cause too. */
      readonly everywhere?: true;
    }
  | {
      readonly type: "told";
      /** The pages that reach people, in this order. */
      readonly pages: readonly Telling[];
      readonly warnings: readonly Telling[];
      /** What may be told beside, though not as a page. */
      readonly butMay?: readonly string[];
      /** What fires but must reach nobody. */
      readonly inhibited?: readonly string[];
      /** From here on nothing fires any more. */
      readonly overBy?: Duration;
    };
