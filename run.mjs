// Starts a command: `node run.mjs <command> [options]`. Installs the packages first when they are missing or out of date.
// Plain JavaScript without packages, because it runs before there are any.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(fileURLToPath(import.meta.url));
const minimumNode = [20, 19];

process.exitCode = await run(process.argv.slice(2));

async function run([command, ...args]) {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1])) {
    return refuse(
      `This needs Node ${minimumNode.join(".")} or newer; this is Node ${process.versions.node}. Install it from https://nodejs.org.`,
    );
  }
  const commands = readdirSync(join(root, "commands")).flatMap((name) => (name.endsWith(".ts") ? [name.slice(0, -3)] : []));
  if (!commands.includes(command)) {
    return refuse(
      `${command === undefined ? "Which command?" : `There is no command "${command}".`} Commands: ${commands.join(", ")}.`,
    );
  }
  if (!hasPackages() && !installPackages()) return 1;
  return start(command, args);
}

async function start(command, args) {
  const require = createRequire(import.meta.url);
  require("./local/typescript-hook.cjs");
  try {
    return await require(join(root, "commands", `${command}.ts`)).main(args);
  } catch (error) {
    if (error instanceof Error && error.name === "UserError") return refuse(error.message);
    // Programs are not type-checked when they start. What the compiler says about a name that is gone helps more than where it was missed.
    const typeErrors = await require("./local/type-check.ts").findTypeErrors(root);
    if (typeErrors !== "") return refuse(typeErrors);
    console.error(error);
    return 1;
  }
}

function hasPackages() {
  const stamp = join(root, "node_modules", ".lock-hash");
  const wanted = hashOfLock();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return true;
  if (!isInstalled()) return false;
  writeFileSync(stamp, wanted);
  return true;
}

// npm itself writes down what it has installed: someone may have run `npm ci` or `npm install` by hand.
function isInstalled() {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  const [wanted, installed] = [join(root, "package-lock.json"), record].map(
    (path) => JSON.parse(readFileSync(path, "utf8")).packages,
  );
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === "" || installed[path]?.version === version || (optional && !installed[path]),
  );
}

function installPackages() {
  console.log("Installing packages as package-lock.json pins them (npm ci) …");
  const { status } = spawnSync("npm", ["ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) {
    refuse("Installing the packages failed: npm says why above.");
    return false;
  }
  writeFileSync(join(root, "node_modules", ".lock-hash"), hashOfLock());
  return true;
}

function hashOfLock() {
  return createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
}

function refuse(message) {
  console.error(message);
  return 1;
}
