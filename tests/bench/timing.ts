import { spawn } from "node:child_process";

/** Wall time of a process that must succeed, in seconds: a time of one that failed would mean nothing. */
export async function timeProcess(
  command: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv },
): Promise<number> {
  const started = performance.now();
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const code = await new Promise((done, reject) => {
    child.once("error", reject);
    child.once("close", done);
  });
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${printed}`);
  return (performance.now() - started) / 1000;
}

/** The middle of three measurements. */
export async function medianOfThree(measure: () => Promise<number>): Promise<number> {
  const measured = [await measure(), await measure(), await measure()].sort((a, b) => a - b);
  return measured[1] ?? 0;
}
