import { cpSync, mkdirSync, readdirSync, symlinkSync, truncateSync, unlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { ProjectCopy } from "../../engine/project-copy";
import { diskBreakages } from "./disk-breakages";

const packages = resolve(__dirname, "../../../node_modules");

/** One way to break what a command needs, and what it says then. */
export interface Breakage {
  readonly name: string;
  readonly args: readonly string[];
  readonly harm?: (project: ProjectCopy) => void;
  readonly environment?: (project: ProjectCopy) => NodeJS.ProcessEnv;
  readonly says: RegExp;
  readonly exitCode?: number;
}

const noName = (shown: string, hint = "") =>
  new RegExp(
    `^"${shown}" is no name of a stack: that has letters, digits, "-", "_" and "\\.", at most 100\\.${hint} Nothing was changed\\.$`,
  );
const stackNames: readonly Breakage[] = [
  { name: "a stack that lies elsewhere", args: ["up", "--stack", "/../x"], says: noName("/../x"), exitCode: 2 },
  { name: "a stack without a name", args: ["destroy", "--stack", "", "--yes"], says: noName(""), exitCode: 2 },
  { name: "a name without an end", args: ["up", "--stack", "x".repeat(300)], says: noName(`${"x".repeat(40)}…`), exitCode: 2 },
  { name: "a name with spaces", args: ["up", "--stack", "my stack"], says: noName("my stack"), exitCode: 2 },
  { name: "a name of two dots", args: ["up", "--stack", ".."], says: noName("\\.\\."), exitCode: 2 },
  {
    name: "a name with its organization",
    args: ["up", "--stack", "organization/project/dev"],
    says: noName("organization/project/dev", ' Here a stack has no organization: "dev"\\.'),
    exitCode: 2,
  },
  {
    name: "a stack that there is not",
    args: ["check", "--stack", "prdo"],
    says: /^There is no stack "prdo": Pulumi\.prdo\.yaml does not exist\. Stacks: dev, prod, staging\. Did you mean "prod"\?$/,
    exitCode: 2,
  },
];

const projectFiles: readonly Breakage[] = [
  {
    name: "Pulumi.yaml is gone",
    args: ["up"],
    harm: ({ root }) => unlinkSync(join(root, "Pulumi.yaml")),
    says: /^There is no Pulumi\.yaml in \S+\. Take it back from git: git restore Pulumi\.yaml$/,
  },
  {
    name: "Pulumi.yaml is empty",
    args: ["up"],
    harm: ({ root }) => truncateSync(join(root, "Pulumi.yaml")),
    says: /^Pulumi\.yaml has no "name": take it back from git \(git restore Pulumi\.yaml\)\. Nothing was changed\.$/,
  },
  {
    name: "Pulumi.yaml is no YAML",
    args: ["up"],
    harm: ({ edit }) => edit("Pulumi.yaml", (text) => text.replace("runtime:", "runtime: [")),
    says: /^Nothing was deployed\.\n\nPulumi\.yaml\n {2}error settings {2}Pulumi\.yaml:\d+\n {4}is not valid YAML: /,
  },
  {
    name: "a stack's file is no YAML",
    args: ["check"],
    harm: ({ edit }) => edit("Pulumi.prod.yaml", () => "config:\n  a: [1\n  b: 2\n"),
    says: /^Pulumi\.prod\.yaml\n {2}error settings {2}Pulumi\.prod\.yaml:3\n {4}is not valid YAML: /,
  },
  {
    name: "a stack's file has an alias that leads nowhere",
    args: ["up", "--stack", "prod"],
    harm: ({ edit }) => edit("Pulumi.prod.yaml", () => "config: *nowhere\n"),
    says: /^Nothing was deployed\.\n\nPulumi\.prod\.yaml\n {2}error settings {2}Pulumi\.prod\.yaml(:1)?\n {4}is not valid YAML: /,
  },
  {
    name: "package-lock.json is cut off",
    args: ["check"],
    harm: ({ root }) => {
      unlinkSync(join(root, "package-lock.json"));
      writeFileSync(join(root, "package-lock.json"), '{ "packages": {');
    },
    says: /^package-lock\.json is damaged\. Take it back from git: git restore package-lock\.json$/,
  },
  {
    name: "package-lock.json is gone",
    args: ["check"],
    harm: ({ root }) => unlinkSync(join(root, "package-lock.json")),
    says: /package-lock\.json could not be written or read: it is gone\. Restore it, or whatever leads there, then run the same command again\.$/,
  },
  {
    name: "a folder stands where a runbook should be",
    args: ["check"],
    harm: ({ root }) => mkdirSync(join(root, "runbooks", "mc", "extra.md")),
    says: /^runbooks\/mc\/extra\.md\n {2}error runbook-is-readable {2}runbooks\/mc\/extra\.md\n {4}is no file, though its name ends in \.md\. Rename it\.\n/,
  },
];

const programs: readonly Breakage[] = [
  {
    name: "files of the program import each other in a circle",
    args: ["check"],
    harm: ({ edit }) =>
      edit("services/mc/metrics.ts", (text) => `import { mc } from "./index";\nexport const circle = mc.id;\n${text}`),
    says: /^services\/mc\/\S+\.ts:\d+: .*these files import each other in a circle, so that one is read before it is ready\. Break it: services\/mc\/\S+ -> /,
  },
  {
    name: "the program throws",
    args: ["check"],
    harm: ({ edit }) =>
      edit("services/mc/metrics.ts", (text) => `${text}\nif (Math.random() >= 0) throw new Error("Not yet");\n`),
    says: /^services\/mc\/metrics\.ts:\d+: Not yet\. Correct it there, then run the same command again\.$/,
  },
  {
    name: "the program is no TypeScript",
    args: ["check"],
    harm: ({ edit }) => edit("services/mc/metrics.ts", (text) => `${text}\nexport const = ;\n`),
    says: /services\/mc\/metrics\.ts\(\d+,\d+\): error TS\d+: /,
  },
  {
    name: "the sections are gone",
    args: ["check"],
    harm: ({ root }) => unlinkSync(join(root, "runbooks", "sections.ts")),
    says: /error TS2307: Cannot find module '\S*runbooks\/sections'/,
  },
];

const tools: readonly Breakage[] = [
  {
    name: "a package is gone, and npm cannot bring it back",
    args: ["check"],
    harm: (project) => {
      ownPackages(project, "zod");
      fakeProgram(project, "npm", "echo 'npm error network' >&2; exit 1");
    },
    environment: ({ root }) => ({ PATH: `${join(root, "fake")}:${process.env["PATH"] ?? ""}` }),
    says: /^npm error network\nInstalling the packages failed: npm says why above\.$/,
  },
  {
    name: "a package is gone, and there is no npm",
    args: ["check"],
    harm: (project) => ownPackages(project, "zod"),
    environment: ({ root }) => ({ PATH: join(root, "fake") }),
    says: /^The packages are to be installed, and there is no npm on the PATH\. It comes with Node: https:\/\/nodejs\.org\.$/,
  },
  {
    name: "the packages are a link to others",
    args: ["check"],
    harm: ({ edit }) =>
      edit("package-lock.json", (text) => text.replace(/("node_modules\/zod": \{\s*"version": ")[^"]*/, "$10.0.1")),
    says: /^node_modules is a link, and what it leads to is not what package-lock\.json pins\. Remove the link, /,
  },
  {
    name: "of a package only package.json is left",
    args: ["check"],
    harm: (project) => {
      ownPackages(project, "yaml");
      mkdirSync(join(project.root, "node_modules", "yaml"));
      cpSync(join(packages, "yaml", "package.json"), join(project.root, "node_modules", "yaml", "package.json"));
    },
    says: /^node_modules is incomplete: "yaml.*" is not there\. Install the packages again: npm ci$/,
  },
  {
    name: "what loads TypeScript is damaged",
    args: ["check"],
    harm: (project) => {
      ownPackages(project, "esbuild");
      mkdirSync(join(project.root, "node_modules", "esbuild"));
      cpSync(join(packages, "esbuild", "package.json"), join(project.root, "node_modules", "esbuild", "package.json"));
    },
    says: /^node_modules is incomplete \(.*\)\. Install the packages again: npm ci$/,
  },
  {
    name: "the project is no git clone",
    args: ["preview", "--base", "HEAD"],
    says: /^This project is in no git clone, so there is no other commit of it\. Nothing was changed\.$/,
  },
  {
    name: "there is no git",
    args: ["preview", "--base", "HEAD"],
    environment: ({ root }) => ({ PATH: join(root, "fake") }),
    says: /^There is no git on the PATH, and this needs it\. Nothing was changed\.$/,
  },
  {
    name: "nobody can be asked",
    args: ["destroy"],
    says: /^Not an interactive terminal: pass --yes\. Nothing was changed\.$/,
    exitCode: 2,
  },
];

/** All of them. */
export const breakages: readonly Breakage[] = [...stackNames, ...projectFiles, ...programs, ...tools, ...diskBreakages];

/** Packages of the project's own, all but one. */
function ownPackages({ root }: ProjectCopy, missing: string): void {
  const folder = join(root, "node_modules");
  unlinkSync(folder);
  mkdirSync(folder);
  for (const name of readdirSync(packages)) if (name !== missing) symlinkSync(join(packages, name), join(folder, name));
}

function fakeProgram({ root }: ProjectCopy, name: string, script: string): void {
  mkdirSync(join(root, "fake"));
  writeFileSync(join(root, "fake", name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}
