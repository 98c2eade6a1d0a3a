// Lets `require` load TypeScript: `node --require ./machine/system/typescript-hook.cjs file.ts`. JavaScript, because it runs
// before TypeScript can. It does the little that this program needs of a loader: general ones take longer for each file than
// loading it does, by a loader's own search for files and by source maps that are read although nothing fails.
const { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join, sep } = require("node:path");
const { crc32 } = require("node:zlib");

require("./late-optimization.cjs");
require("./compiled-code.cjs");
require("./lazy-modules.cjs");
require("./nearby-files.cjs");

const root = join(__dirname, "..", "..");
const cache = join(root, ".cache", "typescript");
const { version } = require("esbuild/package.json");
/** What is made of esbuild's output; another number, and nothing that was kept is used. */
const form = 2;
const compiled = new Map();
const sourceMaps = new Map();

Module._extensions[".ts"] = (module, path) => module._compile(compile(path).code, path);

// Node would read all source maps when it loads a file. They are needed when something has failed.
Error.prepareStackTrace = (error, frames) => [String(error), ...frames.map((frame) => `    at ${place(frame)}`)].join("\n");

function compile(path) {
  const source = readFileSync(path, "utf8");
  const key = `${version} ${form} ${source.length} ${crc32(source)}`;
  const kept = keptFile(path);
  const known = kept && readKept(kept);
  const fresh = known?.key === key ? known : { key, ...transform(source, path) };
  if (kept && fresh !== known) keep(kept, fresh);
  compiled.set(path, fresh);
  return fresh;
}

function transform(source, path) {
  const { code, map } = require("esbuild").transformSync(source, {
    sourcefile: path,
    loader: "ts",
    format: "cjs",
    target: "node20",
    sourcemap: true,
    sourcesContent: false,
    supported: { "dynamic-import": false }, // require loads what is TypeScript
  });
  return { code: withPlainExports(code.replace(/\n\/\/# sourceMappingURL=.*\n?$/, "\n")), map };
}

/**
 * esbuild defines each export twice, by calls, and each use of one goes through both. One object with getters says the same: a
 * start is an eighth shorter. On as many lines as before, since the source map counts them.
 */
function withPlainExports(code) {
  return code.replace(
    /^var (\w+) = \{\};\n__export\(\1, \{\n([^]*?)\n\}\);\nmodule\.exports = __toCommonJS\(\1\);$/m,
    (_, name, list) => {
      const getters = list.replace(/^ {2}(\w+): \(\) => ([\w.]+)(,?)$/gm, "  get $1() { return $2; }$3");
      return `var ${name} = {\n${getters}\n};\n__defProp(${name}, "__esModule", { value: true });\nmodule.exports = ${name};`;
    },
  );
}

/** A copy of the project in another folder is what it is a copy of. */
function keptFile(path) {
  const folder = [root, process.cwd()].find((one) => path.startsWith(one + sep) && !path.includes("node_modules", one.length));
  return folder && join(cache, `${path.slice(folder.length)}.json`);
}

function readKept(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined; // none yet, or one that was cut off: it is made anew
  }
}

/** Several processes may write the same one. */
function keep(file, content) {
  const written = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(written, JSON.stringify(content));
    renameSync(written, file);
  } catch {
    rmSync(written, { force: true }); // a folder that cannot be written only makes the next start slower
  }
}

function place(frame) {
  const map = sourceMapOf(frame.getFileName());
  const text = String(frame);
  if (!map) return text;
  const [line, column] = [frame.getLineNumber() ?? 1, frame.getColumnNumber() ?? 1];
  const { originalLine, originalColumn } = map.findEntry(line - 1, column - 1);
  return originalLine === undefined ? text : text.replace(`:${line}:${column}`, `:${originalLine + 1}:${originalColumn + 1}`);
}

/** Read once for each file: the SDK takes a stack for every resource that it registers. */
function sourceMapOf(path) {
  const text = compiled.get(path)?.map;
  if (text && !sourceMaps.has(path)) sourceMaps.set(path, new Module.SourceMap(JSON.parse(text)));
  return sourceMaps.get(path);
}
