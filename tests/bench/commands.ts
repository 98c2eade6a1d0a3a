import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { create } from "tar";
import { provideEngine } from "../../machine/tools/engine";
import { modulesFolder } from "../../machine/tools/modules-folder";
import { copyProject, type ProjectCopy } from "../engine/project-copy";
import { timeOfficialCli } from "./official-cli";
import { medianOfThree, timeProcess } from "./timing";

const projectRoot = resolve(__dirname, "../..");
const stackName = "staging"; // its file overrides a threshold, which is the change

interface Times {
  readonly nothing: number;
  readonly change: number;
  readonly preview: number;
}

/**
 * What the commands take that start the engine: the first `up` of somebody who has a network (a server on this machine plays the
 * publisher, and gives the engine that is here), then an `up` that changes nothing beside the official CLI's own, one change, and
 * the preview of all stacks. With a commit, its commands beside them.
 */
export async function benchCommands(base: string | undefined, print: (line: string) => void): Promise<void> {
  const { command } = await provideEngine({ projectRoot, note: print });
  const project = committedCopy();
  const former = base === undefined ? undefined : checkedOut(base);
  try {
    print(`first up, with the publisher beside it: ${(await firstUp(project, command)).toFixed(1)} s`);
    const ours = await timesOf(project);
    const theirs = await timeOfficialCli(project.root, command, stackName);
    const beside = `${(ours.nothing / theirs.nothing).toFixed(2)} times the official CLI's own`;
    print(`up with nothing to change: ${ours.nothing.toFixed(1)} s, ${beside}`);
    print(`up with one change: ${ours.change.toFixed(1)} s`);
    print(`preview of all stacks: ${ours.preview.toFixed(1)} s`);
    if (former === undefined) return;
    const before = await timesOf(former);
    for (const what of ["nothing", "change", "preview"] as const)
      print(`${what}: ${(ours[what] / before[what]).toFixed(2)} times that of ${base ?? ""}`);
  } finally {
    project.remove();
    former?.remove();
  }
}

async function timesOf({ root, edit }: ProjectCopy): Promise<Times> {
  const up = (): Promise<number> => timeProcess(process.execPath, ["run.mjs", "up", "--stack", stackName], { cwd: root });
  await up();
  const nothing = await medianOfThree(up);
  let threshold = 200;
  const change = await medianOfThree(() => {
    const [former, next] = [threshold, (threshold += 1)];
    edit(`Pulumi.${stackName}.yaml`, (text) => text.replace(`threshold: ${former}`, `threshold: ${next}`));
    return up();
  });
  const preview = await timeProcess(process.execPath, ["run.mjs", "preview", "--base", "HEAD"], { cwd: root });
  return { nothing, change, preview };
}

async function firstUp(project: ProjectCopy, engine: string): Promise<number> {
  const cache = mkdtempSync(join(tmpdir(), "dark-tower-cache-"));
  const release = join(modulesFolder(project.root), "pulumi", "release.json");
  const pinned = readFileSync(release, "utf8");
  const bytes = await archiveOf(dirname(engine));
  const server = createServer((_, response) => response.end(bytes));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  try {
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const sha256 = { [`${process.platform}-${process.arch}`]: createHash("sha256").update(bytes).digest("hex") };
    const url = `http://127.0.0.1:${port}/pulumi.tar.gz`;
    writeFileSync(release, JSON.stringify({ ...(JSON.parse(pinned) as object), url, sha256 }));
    const env = { DARK_TOWER_CACHE: cache, PATH: [dirname(process.execPath), "/usr/bin", "/bin"].join(delimiter) };
    return await timeProcess(process.execPath, ["run.mjs", "up"], { cwd: project.root, env });
  } finally {
    server.close();
    writeFileSync(release, pinned);
    rmSync(cache, { recursive: true });
  }
}

async function archiveOf(bin: string): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), "dark-tower-publisher-"));
  symlinkSync(bin, join(folder, "pulumi"));
  await create({ file: join(folder, "a.tar.gz"), cwd: folder, gzip: true, follow: true }, ["pulumi"]);
  const bytes = readFileSync(join(folder, "a.tar.gz"));
  rmSync(folder, { recursive: true });
  return bytes;
}

function committedCopy(): ProjectCopy {
  const project = copyProject();
  commitAll(project.root);
  return project;
}

function checkedOut(commit: string): ProjectCopy {
  const project = copyProject();
  // Its packages among them, which are only linked: it installs its own.
  for (const name of readdirSync(project.root)) rmSync(join(project.root, name), { recursive: true });
  const archive = execFileSync("git", ["archive", commit], { cwd: projectRoot, maxBuffer: 2 ** 28 });
  execFileSync("tar", ["-x", "-C", project.root], { input: archive });
  commitAll(project.root);
  return project;
}

function commitAll(root: string): void {
  const git = (...args: readonly string[]): Buffer =>
    execFileSync("git", ["-c", "user.name=bench", "-c", "user.email=bench@example.com", ...args], { cwd: root });
  git("init", "--quiet");
  git("add", "--all");
  git("commit", "--quiet", "--message", "As it is");
}
