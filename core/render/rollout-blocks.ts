import type { Installation } from "../model/installation";
import type { Model } from "../model/model";
import { describeLimit, forController, gatesOf, phasesOf, type Gate, type Rollout, type RolloutPhase } from "../model/rollout";

/** What the blocks of rollouts hold, by the name that a runbook gives: `mc/after/registered`, `mc/mark`. */
export interface RolloutBlocks {
  /** For `gate=`: the queries of the gates. */
  readonly gates: ReadonlyMap<string, string>;
  /** For `drain=`: the statements that take a controller out of service and back, up to their commit. */
  readonly drains: ReadonlyMap<string, string>;
  /** For `run=`: the commands that ask the gates of a phase, and those that change the registry with them. */
  readonly commands: ReadonlyMap<string, string>;
}

/** The blocks of every rollout of the model, for the first of its controllers. */
export function renderRolloutBlocks(model: Model): RolloutBlocks {
  const rollouts = model.services.flatMap(({ id, rollout }) => (rollout ? [{ id, rollout }] : []));
  return {
    gates: new Map(
      rollouts.flatMap(({ id, rollout }) =>
        phasesOf(rollout).flatMap((phase) =>
          gatesOf(rollout, phase).map((gate) => [`${id}/${phase}/${gate.id}`, renderGate(gate, exampleOf(rollout))] as const),
        ),
      ),
    ),
    drains: new Map(
      rollouts.flatMap(({ id, rollout }) =>
        rollout.drain
          ? [
              [`${id}/mark`, renderStatement(rollout.drain.mark, exampleOf(rollout))] as const,
              [`${id}/undo`, renderStatement(rollout.drain.undo, exampleOf(rollout))] as const,
            ]
          : [],
      ),
    ),
    commands: new Map(rollouts.flatMap(({ id, rollout }) => renderCommands(id, rollout, model.installation))),
  };
}

const phaseOptions: Readonly<Record<RolloutPhase, string>> = {
  before: "",
  drain: " --mark-draining --watch",
  after: ' --since "$ROLLOUT_BEGAN" --watch',
};

function renderCommands(
  id: string,
  rollout: Rollout,
  installation: Installation = {},
): readonly (readonly [name: string, command: string])[] {
  const ofStack = installation.stack === undefined ? "" : ` --stack ${installation.stack}`;
  const command = (phase: RolloutPhase): string => `npm run gate -- ${id} ${phase} --pod ${exampleOf(rollout)}${ofStack}`;
  const database = '--database "$GC_DATABASE_URL"';
  return [
    ...phasesOf(rollout).map((phase) => {
      const servers = `--prometheus "$PROMETHEUS_URL" ${database}`;
      return [`${id}/${phase}`, `${command(phase)} ${servers}${phaseOptions[phase]}`] as const;
    }),
    ...(rollout.drain ? [[`${id}/undo`, `${command("drain")} ${database} --undo`] as const] : []),
  ];
}

function exampleOf({ controllers }: Rollout): string {
  return controllers[0] ?? "";
}

function renderGate(gate: Gate, controller: string): string {
  const what = `${gate.title}: must be ${describeLimit(gate.holds)}.`;
  return gate.type === "promql"
    ? `# ${what}\n${forController(gate.query.expr, controller)}`
    : `-- ${what}\n${literal(gate.sql, controller)};`;
}

/** Left open, so that a person sees how many rows it changes before it is final. */
function renderStatement(sql: string, controller: string): string {
  return [
    "begin;",
    "set local idle_in_transaction_session_timeout = '15s';",
    literal(sql, controller),
    "returning controller_id, health_status, current_meetings;",
  ].join("\n");
}

function literal(sql: string, controller: string): string {
  return sql.replaceAll(":controller_id", `'${controller}'`);
}
