// Starts a command: `./chain <command> [options]`. Installs the packages first when they are missing or out of date.
// Plain JavaScript without packages, because it runs before there are any.
import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import zlib from "node:zlib";

const root = dirname(fileURLToPath(import.meta.url));
const stamp = join(root, "node_modules", ".lock-hash");
const minimumNode = [20, 19];
const usage = 2;

// Whoever reads what is printed may leave early: `npm run check | head`.
process.stdout.on("error", (error) =>
  process.exit(error.code === "EPIPE" ? 0 : refuse(`Nothing can be printed: ${error.message}.`)),
);
process.on("uncaughtException", async (error) => process.exit(await explain(error)));

process.exitCode = await run(process.argv.slice(2));

async function run([command, ...args]) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1])) {
    return refuse(
      `This needs Node ${minimumNode.join(".")} or newer; this is Node ${process.versions.node}. Install it from https://nodejs.org.`,
    );
  }
  const commands = readdirSync(join(root, "commands")).flatMap((name) => (name.endsWith(".ts") ? [name.slice(0, -3)] : []));
  // Not those that only npm calls. Their descriptions are TypeScript, which cannot be loaded yet.
  const isForPeople = (name) => !readFileSync(join(root, "commands", `${name}.ts`), "utf8").includes("isInternal: true");
  const shown = () => commands.filter(isForPeople).join(", ");
  if (command === "--help" || command === "-h" || command === "help") {
    console.log(`Usage: ./chain <command> [options]\n\nCommands: ${shown()}. Each explains itself: ./chain up --help`);
    return 0;
  }
  if (command === "--version" || command === "-v") {
    console.log(JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version);
    return 0;
  }
  if (!commands.includes(command)) {
    return refuse(
      `${command === undefined ? "Which command?" : `There is no command "${command}".`} Commands: ${shown()}.`,
      usage,
    );
  }
  try {
    if (!hasPackages() && !installPackages()) return 1;
    const require = createRequire(import.meta.url);
    require("./machine/system/typescript-hook.cjs");
    return await require("./machine/terminal/run-command.ts").runCommand(require(join(root, "commands", `${command}.ts`)), args);
  } catch (error) {
    return explain(error);
  }
}

// With TypeScript where it can be loaded: what stands in the way of that is missing packages or no room on the disk.
async function explain(error) {
  if (error.isKnown) return refuse(error.message);
  try {
    const require = createRequire(import.meta.url);
    require("./machine/system/typescript-hook.cjs");
    const { message, exitCode } = await require("./machine/terminal/explain-error.ts").explainError(error, root);
    return refuse(message, exitCode);
  } catch (second) {
    return refuse(
      second.code === "MODULE_NOT_FOUND"
        ? `node_modules is incomplete (${second.message.split("\n")[0]}). Install the packages again: npm ci`
        : `${error.message} (${second.message})`,
    );
  }
}

function hasPackages() {
  const wanted = checksumOfLock();
  // The lock file is 280 KB of JSON. What each start needs of it is kept beside its checksum: where packages must be.
  const [checksum, ...paths] = existsSync(stamp) ? readFileSync(stamp, "utf8").split("\n") : [];
  if (checksum === wanted && paths.length > 0) return areThere(paths);
  const { packages } = readLock();
  if (!areThere(neededOf(packages)) || !isInstalled(packages)) return false;
  writeStamp(wanted, packages);
  return true;
}

function neededOf(packages) {
  return Object.entries(packages).flatMap(([path, { optional, link }]) => (path === "" || optional || link ? [] : [path]));
}

/** Somebody may have deleted one since. */
function areThere(paths) {
  return paths.every((path) => existsSync(`${root}/${path}/package.json`));
}

function writeStamp(checksum, packages) {
  try {
    writeFileSync(stamp, [checksum, ...neededOf(packages)].join("\n"));
  } catch {
    // a folder that cannot be written only makes the next start slower
  }
}

function readLock() {
  try {
    return JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw Object.assign(new Error("package-lock.json is damaged. Take it back from git: git restore package-lock.json"), {
      isKnown: true,
    });
  }
}

// npm itself writes down what it has installed: someone may have run `npm ci` or `npm install` by hand.
function isInstalled(wanted) {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, "utf8")).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || installed[path]?.version === version || (optional && !installed[path]),
  );
}

function installPackages() {
  // npm ci empties what a link leads to: the packages of somebody else.
  if (lstatSync(join(root, "node_modules"), { throwIfNoEntry: false })?.isSymbolicLink()) {
    refuse(
      "node_modules is a link, and what it leads to is not what package-lock.json pins. Remove the link, or run npm ci where it leads; then run the same command again.",
    );
    return false;
  }
  console.log("Installing packages as package-lock.json pins them (npm ci) …");
  const { spawnSync } = createRequire(import.meta.url)("node:child_process"); // rarely needed
  const { status, error } = spawnSync("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    shell: process.platform === "win32", // npm is a batch file there
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) {
    refuse(
      error?.code === "ENOENT"
        ? "The packages are to be installed, and there is no npm on the PATH. It comes with Node: https://nodejs.org."
        : "Installing the packages failed: npm says why above.",
    );
    return false;
  }
  writeStamp(checksumOfLock(), readLock().packages);
  return true;
}

function checksumOfLock() {
  return String(zlib.crc32(readFileSync(join(root, "package-lock.json"))));
}

function refuse(message, exitCode = 1) {
  console.error(message);
  return exitCode;
}
