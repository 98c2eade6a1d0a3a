import type { Result } from "../../core/model/finding";
import { renderFindings } from "../../core/render/findings";
import { UserError } from "../system/user-error";

/**
 * What the site of a stack shows.
 * @throws UserError with the findings that stand against deploying the stack.
 */
export function requireContent<T>(stack: string, loaded: Result<T>): T {
  if ("value" in loaded) return loaded.value;
  throw new UserError(
    `The stack ${stack} would not be deployed, so there is nothing to show.\n\n${renderFindings(loaded.findings)}`,
  );
}
