import { Socket } from "node:net";
import { Client } from "pg";
import type { Answer } from "./answer";
import { describeFailure, withoutPasswords } from "../system/failure";
import { withinDeadline, type Deadline } from "../system/within-deadline";

/** Runs work on a connection of its own. When the deadline passes, the connection is cut, and with it any open transaction. */
export async function withDatabase<T>(url: string, deadline: Deadline, work: (client: Client) => Promise<T>): Promise<T> {
  return withinDeadline(deadline, async (signal) => {
    const socket = new Socket();
    const client = new Client({ connectionString: url, application_name: "gate", stream: () => socket });
    // Without a listener a cut connection would end the process; whoever waits for an answer is told anyway.
    client.on("error", () => undefined);
    const cut = (): void => void socket.destroy(new Error("cut"));
    signal.addEventListener("abort", cut);
    try {
      signal.throwIfAborted();
      await client.connect();
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
      socket.destroy();
    }
  });
}

/** The one number that a query has, read in a transaction that cannot write. */
export async function askDatabase(url: string, sql: string, controller: string, deadline: Deadline): Promise<Answer> {
  try {
    return await withDatabase(url, deadline, async (client) => {
      // As statements, not as options of the connection: PgBouncer refuses those.
      await client.query(`begin transaction read only; ${limitTime(deadline)}`);
      const text = bind(sql);
      // PostgreSQL refuses a value that the statement has no place for.
      const values = text === sql ? [] : [controller];
      const result = await client.query<unknown[]>({ text, values, rowMode: "array" });
      await client.query("rollback");
      return readResult(result.rows);
    });
  } catch (error) {
    return { unknown: describeDatabaseFailure(error, url) };
  }
}

/** Makes the server give up as well, so that a statement nobody waits for does not go on. */
export function limitTime({ timeoutSeconds }: Deadline): string {
  return `set local statement_timeout = ${Math.ceil(timeoutSeconds * 1000)}`;
}

/** The statement with the controller as its first parameter. */
export function bind(sql: string): string {
  return sql.replaceAll(":controller_id", () => "$1");
}

/** What a failure of the database means, without a password. */
export function describeDatabaseFailure(error: unknown, url: string): string {
  return `Database: ${withoutPasswords(describeFailure(error), [url])}`;
}

/** What the rows of a gate's query say; anything but one finite number is unknown. */
export function readResult(rows: readonly (readonly unknown[])[]): Answer {
  const [row, ...others] = rows;
  if (!row) return { unknown: "Database: no row" };
  if (others.length > 0 || row.length !== 1)
    return { unknown: `Database: ${rows.length} rows of ${row.length} columns, not one number` };
  return toNumber(row[0]);
}

// count(*) is a bigint, which the driver gives as text to keep every digit.
function toNumber(field: unknown): Answer {
  if (field === null) return { unknown: "Database: the result is null" };
  const value = typeof field === "string" && field.trim() !== "" ? Number(field) : field;
  if (typeof value === "number" && Number.isFinite(value)) return { value };
  return { unknown: `Database: the result is ${JSON.stringify(field)}, which is no number` };
}
