import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const projectRoot = resolve(__dirname, "../..");

const pulumiYaml = z.object({
  name: z.string(),
  main: z.string().optional(),
  config: z.record(z.string(), z.object({ default: z.unknown() })),
});
const outcome = z.object({ registered: z.array(z.string()), loaded: z.array(z.string()) });

/** What became of a program: the types of the resources that it registered and the files it consists of, or what was printed. */
export type HostResult = z.infer<typeof outcome> | { readonly failure: string };

/**
 * Runs the program of a folder as `pulumi up` does: the command is the one with which Pulumi's language host starts Node. It
 * finds the entry point, and loads it with its own ts-node, types checked. Mocks take the engine's place.
 */
export function runWithPulumiHost(folder: string): HostResult {
  const { name, main = ".", config } = pulumiYaml.parse(parse(readFileSync(join(folder, "Pulumi.yaml"), "utf8")));
  const values = Object.entries(config).map(([key, { default: value }]) => [`${name}:${key}`, asConfig(value)]);
  const host = join(projectRoot, "node_modules/@pulumi/pulumi/cmd/run");
  const flags = ["--monitor=mock", "--engine=", `--project=${name}`, "--stack=dev", `--pwd=${folder}`];
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", join(__dirname, "mocked-engine.cjs"), host, ...flags, main],
    {
      cwd: folder,
      encoding: "utf8",
      env: {
        ...process.env,
        PULUMI_NODEJS_PROJECT: name,
        PULUMI_NODEJS_STACK: "dev",
        PULUMI_NODEJS_TYPESCRIPT: "true",
        PULUMI_CONFIG: JSON.stringify(Object.fromEntries(values)),
      },
    },
  );
  // Before it stands what the program has told while it ran.
  const [last = ""] = stdout.split("\n").slice(-1);
  return status === 0 ? outcome.parse(JSON.parse(last)) : { failure: stdout + stderr };
}

/** As the engine passes a setting: text as it is, lists and objects as JSON. */
function asConfig(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
