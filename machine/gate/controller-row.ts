import type { Client } from "pg";
import { z } from "zod";

/** What a person must see of a controller before and after changing it. */
export interface ControllerRow {
  readonly controller_id: string;
  readonly health_status: string;
  readonly current_meetings: number;
}

/** The columns of a row, for `returning`; the runbooks ask for the same ones. */
export const controllerColumns = "controller_id, health_status, current_meetings";

const rowSchema = z.array(z.object({ controller_id: z.string(), health_status: z.string(), current_meetings: z.number() }));

/** Reads the row of a controller in the GC database, undefined when there is none. */
export async function readControllerRow(client: Client, controller: string): Promise<ControllerRow | undefined> {
  const sql = `select ${controllerColumns} from meeting_controllers where controller_id = $1`;
  return parseRows((await client.query<Record<string, unknown>>(sql, [controller])).rows)[0];
}

/** The rows that a statement has returned. */
export function parseRows(rows: readonly unknown[]): readonly ControllerRow[] {
  return rowSchema.parse(rows);
}

/** "mc-0 is healthy, with 12 meetings". */
export function describeRow({ controller_id, health_status, current_meetings }: ControllerRow): string {
  return `${controller_id} is ${health_status}, with ${current_meetings} ${current_meetings === 1 ? "meeting" : "meetings"}`;
}
