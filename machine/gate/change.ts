import type { Client } from "pg";
import { controllerColumns, parseRows, readControllerRow, type ControllerRow } from "./controller-row";
import { bind, describeDatabaseFailure, limitTime, withDatabase } from "./database";
import type { Deadline } from "../system/within-deadline";

/** What became of a change: done, refused by the statement's own condition, or nobody knows. */
export type Outcome =
  | { readonly type: "committed"; readonly row: ControllerRow }
  | { readonly type: "rolled back"; readonly reason: string }
  | { readonly type: "failed"; readonly reason: string };

/** What is needed to change a controller's row. */
export interface Target {
  readonly database: string;
  readonly controller: string;
  readonly deadline: Deadline;
}

/** Looks at the row that would be changed. */
export function lookAt({ database, controller, deadline }: Target): Promise<ControllerRow | undefined> {
  return withDatabase(database, deadline, async (client) => {
    await client.query(`begin transaction read only; ${limitTime(deadline)}`);
    const row = await readControllerRow(client, controller);
    await client.query("rollback");
    return row;
  });
}

/** Runs a statement in a transaction, which is committed only if it has changed exactly the named controller. */
export async function change(statement: string, { database, controller, deadline }: Target): Promise<Outcome> {
  const progress = { isCommitting: false };
  try {
    return await withDatabase(database, deadline, async (client) => {
      const rows = await execute(client, statement, { controller, deadline });
      const [row, ...others] = rows;
      if (others.length > 0 || row?.controller_id !== controller) return await rollBack(client, rows);
      progress.isCommitting = true;
      await client.query("commit");
      return { type: "committed", row };
    });
  } catch (error) {
    const consequence = progress.isCommitting ? "whether it was changed is unknown: look at the row" : "nothing was changed";
    return { type: "failed", reason: `${describeDatabaseFailure(error, database)}; ${consequence}` };
  }
}

async function execute(
  client: Client,
  statement: string,
  { controller, deadline }: Pick<Target, "controller" | "deadline">,
): Promise<readonly ControllerRow[]> {
  // The row's lock holds up the controller's heartbeats: a transaction that nobody ends must end by itself.
  await client.query(`begin; ${limitTime(deadline)}; set local idle_in_transaction_session_timeout = '15s'`);
  const text = `${bind(statement)}\nreturning ${controllerColumns}`;
  return parseRows((await client.query<Record<string, unknown>>(text, [controller])).rows);
}

async function rollBack(client: Client, rows: readonly ControllerRow[]): Promise<Outcome> {
  await client.query("rollback");
  const reason =
    rows.length === 0
      ? "the statement's conditions do not hold, so that it changed no row"
      : `the statement changed ${rows.map(({ controller_id }) => controller_id).join(", ")}`;
  return { type: "rolled back", reason };
}
