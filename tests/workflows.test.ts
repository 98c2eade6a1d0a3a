import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, it } from "@jest/globals";
import { parse } from "yaml";
import { z } from "zod";
import { stackNames } from "../core/load/stack-file";
import { parseGoMod } from "../machine/tools/go-tool";
import { actionlint } from "./tools/actionlint";

const root = resolve(__dirname, "..");
const folder = join(root, ".github", "workflows");

const stepShape = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  with: z.record(z.string(), z.unknown()).default({}),
});
const jobShape = z.object({
  needs: z.string().optional(),
  environment: z.string().optional(),
  concurrency: z.object({ group: z.string(), "cancel-in-progress": z.boolean() }).optional(),
  env: z.record(z.string(), z.string()).default({}),
  permissions: z.record(z.string(), z.string()),
  "timeout-minutes": z.number(),
  steps: z.array(stepShape),
});
/** A job that is another workflow, which has limits of its own. */
const callShape = z.object({
  needs: z.string().optional(),
  permissions: z.record(z.string(), z.string()),
  uses: z.literal("./.github/workflows/publish-site.yml"),
});
const workflowShape = z.object({
  on: z.record(z.string(), z.unknown()),
  permissions: z.unknown(),
  jobs: z.record(z.string(), z.union([jobShape, callShape])),
});
type Job = z.infer<typeof jobShape>;

const files = [...readdirSync(folder)].sort();

interface Workflow extends Omit<z.infer<typeof workflowShape>, "jobs"> {
  readonly text: string;
  /** Those with steps, and those that are another workflow. */
  readonly jobs: Readonly<Record<string, Job>>;
  readonly calls: readonly z.infer<typeof callShape>[];
}

function read(file: string): Workflow {
  const text = readFileSync(join(folder, file), "utf8");
  const { jobs, ...workflow } = workflowShape.parse(parse(text));
  const own = Object.entries(jobs).filter((entry): entry is [string, Job] => "steps" in entry[1]);
  return {
    ...workflow,
    text,
    jobs: Object.fromEntries(own),
    calls: Object.values(jobs).flatMap((job) => ("uses" in job ? job : [])),
  };
}

function stepsOf(file: string): readonly z.infer<typeof stepShape>[] {
  return Object.values(read(file).jobs).flatMap(({ steps }) => steps);
}

function runsOf(file: string): readonly string[] {
  return stepsOf(file).flatMap(({ run }) => (run === undefined ? [] : [run]));
}

describe("the workflows", () => {
  let linter: string;
  beforeAll(async () => (linter = await actionlint()));

  for (const file of files) {
    it(`${file} has nothing for actionlint to report`, () => {
      // Without the linters that it takes from the PATH, so that the result is the same everywhere.
      const args = ["-no-color", "-shellcheck=", "-pyflakes=", join(folder, file)];
      const { status, stdout, stderr } = spawnSync(linter, args, { cwd: root, encoding: "utf8" });
      assert.equal(status, 0, `${stdout}${stderr}`);
    });

    it(`${file} pins each action by its commit and says which version that is`, () => {
      const used = [...read(file).text.matchAll(/^[ -]*uses: *(.*)$/gm)].map(([, action]) => String(action));
      assert.equal(new Set(used).size, new Set([...stepsOf(file), ...read(file).calls].flatMap(({ uses }) => uses ?? [])).size);
      const loose = used.filter((action) => !/^(\.\/\S+|\S+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$/.test(action));
      assert.deepEqual(loose, []);
    });

    it(`${file} grants nothing to all its jobs at once, and limits the time of each`, () => {
      const { permissions, jobs } = read(file);
      assert.deepEqual(permissions, {});
      for (const job of Object.values(jobs)) assert.ok(job["timeout-minutes"] <= 45);
    });

    it(`${file} leaves no credentials behind in a checkout`, () => {
      const checkouts = stepsOf(file).filter(({ uses }) => uses?.startsWith("actions/checkout@"));
      assert.deepEqual(
        checkouts.filter((step) => step.with["persist-credentials"] !== false),
        [],
      );
    });

    it(`${file} puts no expression into a shell`, () => {
      assert.deepEqual(
        runsOf(file).filter((run) => run.includes("${{")),
        [],
      );
    });

    it(`${file} names only files that are there`, () => {
      const named = [...read(file).text.matchAll(/^ *(?:\w+-version-file|cache-dependency-path): *(\S+)$/gm)].map(
        ([, path]) => path,
      );
      const isThere = (path = ""): boolean => {
        const [above = "", below] = path.split("/*/");
        if (below === undefined) return existsSync(join(root, path));
        return (
          existsSync(join(root, above)) &&
          readdirSync(join(root, above)).some((part) => existsSync(join(root, above, part, below)))
        );
      };
      assert.deepEqual(
        named.filter((path) => !isThere(path)),
        [],
      );
    });

    it(`${file} runs only commands that exist`, () => {
      const { scripts } = z
        .object({ scripts: z.record(z.string(), z.string()) })
        .parse(JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
      const named = runsOf(file).flatMap((run) => [...run.matchAll(/\bnpm (?:run (?:--silent )?)?([\w:-]+)/g)]);
      const commands = named.map(([, command]) => String(command)).filter((command) => command !== "ci");
      assert.deepEqual(
        commands.filter((command) => !(command in scripts)),
        [],
      );
    });
  }
});

describe("a pull request from a stranger", () => {
  it("never starts a workflow that has its code and a token that may write", () => {
    assert.deepEqual(
      files.filter((file) => "pull_request_target" in read(file).on),
      [],
    );
  });

  it("meets no secrets where its code runs, nor where its artifact is read", () => {
    const exposed = files.filter((file) => "pull_request" in read(file).on || "workflow_run" in read(file).on);
    assert.deepEqual(exposed, ["preview-comment.yml", "preview.yml", "site.yml"]);
    assert.deepEqual(
      exposed.filter((file) => /\bsecrets\b *[.[:]/.test(read(file).text)),
      [],
    );
  });

  it("has its code only where the token may write findings at most", () => {
    const jobs = Object.values(read("preview.yml").jobs);
    const written = jobs.flatMap(({ permissions }) => Object.entries(permissions).filter(([, access]) => access === "write"));
    assert.deepEqual(written, [["security-events", "write"]]);
  });

  it("has none of its code where the comment and the pages are written", () => {
    for (const file of ["preview-comment.yml", "publish-site.yml"]) {
      assert.deepEqual(
        stepsOf(file).filter(({ uses }) => uses !== undefined),
        [],
      );
      for (const run of runsOf(file)) assert.doesNotMatch(run, /\b(npm|npx|node)\b|git (checkout|clone)/);
    }
  });

  it("has its pages published by nobody", () => {
    const isOwn = /head_repository\.full_name == github\.repository|head\.repo\.full_name == github\.repository/;
    const { jobs } = z
      .object({ jobs: z.record(z.string(), z.object({ if: z.string().optional(), uses: z.string().optional() })) })
      .parse(parse(read("preview-comment.yml").text));
    assert.match(Object.values(jobs).find(({ uses }) => uses !== undefined)?.if ?? "", isOwn);
  });
});

describe("a stack in CI", () => {
  const stacks = stackNames(root);
  const deploy = read("deploy.yml");
  const rollback = read("rollback.yml");

  it("is deployed with the environment of its name, after the one before it", () => {
    const order = ["dev", "staging", "prod"];
    assert.deepEqual([...stacks].sort(), [...order].sort(), "Put the new stack into deploy.yml, and here.");
    assert.deepEqual(
      Object.entries(deploy.jobs).map(([name, { environment, env, needs }]) => [name, environment, env["STACK"], needs]),
      order.map((stack, index) => [stack, stack, stack, order[index - 1]]),
    );
  });

  it("can be rolled back, with the protection of its environment", () => {
    const shape = z.object({
      workflow_dispatch: z.object({ inputs: z.object({ stack: z.object({ options: z.array(z.string()) }) }) }),
    });
    const { options } = shape.parse(rollback.on).workflow_dispatch.inputs.stack;
    assert.deepEqual([...options].sort(), [...stacks].sort());
    assert.equal(rollback.jobs["rollback"]?.environment, "${{ inputs.stack }}");
  });

  it("is deployed by one run at a time, and rolled back by one whose place in the queue no deployment takes", () => {
    const back = rollback.jobs["rollback"];
    const groups = stacks.map((stack) => deploy.jobs[stack]?.concurrency);
    assert.deepEqual(
      groups,
      stacks.map((stack) => ({ group: `deploy-${stack}`, "cancel-in-progress": false })),
    );
    assert.deepEqual(back?.concurrency, { group: "rollback-${{ inputs.stack }}", "cancel-in-progress": false });
    assert.match(back.steps[0]?.run ?? "", /while is_running; do sleep 10; done/);
  });

  it("is looked at every night, and previewed by hand, with credentials of their own", () => {
    const drift = z.object({
      jobs: z.object({ drift: z.object({ strategy: z.object({ matrix: z.object({ stack: z.array(z.string()) }) }) }) }),
    });
    assert.deepEqual([...drift.parse(parse(read("drift.yml").text)).jobs.drift.strategy.matrix.stack].sort(), [...stacks].sort());
    assert.equal(read("drift.yml").jobs["drift"]?.environment, "${{ matrix.stack }}-drift");
    assert.equal(read("preview-stack.yml").jobs["preview"]?.environment, "${{ inputs.stack }}-preview");
    for (const file of ["drift.yml", "preview-stack.yml"]) assert.ok(runsOf(file).every((run) => !/\bpulumi up\b/.test(run)));
  });

  it("is never deployed with packages that run scripts when they are installed", () => {
    const installs = files.flatMap(runsOf).filter((run) => /\bnpm ci\b/.test(run));
    assert.deepEqual([...new Set(installs)], ["npm ci --ignore-scripts"]);
  });

  it("is handled by the Pulumi that its module pins", () => {
    const { version } = parseGoMod("pulumi", readFileSync(join(root, "machine/tools/modules/pulumi/go.mod"), "utf8"));
    const installed = ["deploy.yml", "drift.yml", "preview-stack.yml", "rollback.yml"]
      .flatMap(stepsOf)
      .filter(({ uses }) => uses?.startsWith("pulumi/actions@"))
      .map((step) => `v${String(step.with["pulumi-version"])}`);
    assert.deepEqual([...new Set(installed)], [version]);
  });
});
