import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

/** A row of `meeting_controllers`; what is left out is well. */
export interface TestController {
  readonly status?: string;
  readonly heartbeat?: "fresh" | "stale";
  readonly meetings?: number;
  readonly participants?: number;
  readonly region?: string;
}

/** PostgreSQL with the GC's schema, behind its wire protocol. */
export interface TestPostgres {
  readonly url: string;
  readonly port: number;
  /** Empties the tables and fills them with these controllers, and as many new assignments as each is said to get. */
  readonly fill: (
    controllers: Readonly<Record<string, TestController>>,
    newAssignments?: Readonly<Record<string, number>>,
  ) => Promise<void>;
  /** The controllers' `health_status`. */
  readonly statuses: () => Promise<Readonly<Record<string, string>>>;
  readonly run: (sql: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

const schema = `
  create table meeting_controllers (
    controller_id varchar primary key, region varchar not null, endpoint varchar, grpc_endpoint varchar,
    webtransport_endpoint varchar, max_meetings int not null, current_meetings int not null,
    max_participants int not null, current_participants int not null,
    health_status varchar not null check (health_status in ('pending', 'healthy', 'degraded', 'unhealthy', 'draining')),
    last_heartbeat_at timestamptz not null, created_at timestamptz not null default now(), updated_at timestamptz not null default now());
  create table meeting_assignments (
    meeting_id varchar primary key, meeting_controller_id varchar not null references meeting_controllers, region varchar not null,
    assigned_at timestamptz not null, assigned_by_gc_id varchar not null, ended_at timestamptz);`;

// What is fresh lies ahead: on a machine that stands still it must not grow stale before it is asked for.
const heartbeats = { fresh: "now() + interval '5 minutes'", stale: "now() - interval '31 seconds'" };

/** Starts PostgreSQL (PGlite: the real one, as WebAssembly in this process) on a free port. */
export async function startPostgres(): Promise<TestPostgres> {
  const db = await PGlite.create();
  await db.exec(schema);
  const server = new PGLiteSocketServer({ db, host: "127.0.0.1", port: 0, maxConnections: 20 });
  await server.start();
  const port = Number(server.getServerConn().split(":").at(-1));
  return {
    url: `postgres://gate:secret-of-the-test@127.0.0.1:${port}/postgres`,
    port,
    fill: async (controllers, newAssignments = {}) => {
      await db.exec("truncate meeting_assignments, meeting_controllers");
      await db.exec(Object.entries(controllers).map(insertController).join("\n"));
      await db.exec(Object.entries(newAssignments).map(insertAssignments).join("\n"));
    },
    statuses: async () => {
      const { rows } = await db.query<{ id: string; status: string }>(
        "select controller_id as id, health_status as status from meeting_controllers order by controller_id",
      );
      return Object.fromEntries(rows.map(({ id, status }) => [id, status]));
    },
    run: async (sql) => {
      await db.exec(sql);
    },
    stop: async () => {
      await server.stop();
      await db.close();
    },
  };
}

function insertController([id, controller]: readonly [string, TestController]): string {
  const { status = "healthy", heartbeat = "fresh", meetings = 12, participants = 40, region = "eu" } = controller;
  return `insert into meeting_controllers (controller_id, region, max_meetings, current_meetings, max_participants,
    current_participants, health_status, last_heartbeat_at)
    values ('${id}', '${region}', 100, ${meetings}, 1000, ${participants}, '${status}', ${heartbeats[heartbeat]});`;
}

function insertAssignments([id, count]: readonly [string, number]): string {
  return `insert into meeting_assignments (meeting_id, meeting_controller_id, region, assigned_at, assigned_by_gc_id)
    select '${id}-new-' || n, '${id}', 'eu', ${heartbeats.fresh}, 'gc-0' from generate_series(1, ${count}) as n
    union all select '${id}-old', '${id}', 'eu', ${heartbeats.stale}, 'gc-0';`;
}
