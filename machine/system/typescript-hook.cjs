// Lets `require` load TypeScript: `node --require ./machine/system/typescript-hook.cjs file.ts`. JavaScript, because it runs
// before TypeScript can. It does the little that this program needs of a loader: general ones take longer for each file than
// loading it does, by a loader's own search for files and by source maps that are read although nothing fails.
const { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join, sep } = require("node:path");
const { keyOf } = require("./text-key.cjs");

require("./late-optimization.cjs");
require("./compiled-code.cjs");
require("./lazy-modules.cjs");
require("./nearby-files.cjs");

const root = join(__dirname, "..", "..");
const cache = join(root, ".cache", "typescript");
const { version } = require("esbuild/package.json");
/** What is made of esbuild's output; another number, and nothing that was kept is used. */
const form = 2;
const maps = new Map(); // functions: a start that fails nowhere reads none
const sourceMaps = new Map();

Module._extensions[".ts"] = (module, path) => module._compile(compile(path), path);

// Node would read all source maps when it loads a file. They are needed when something has failed.
Error.prepareStackTrace = (error, frames) => [String(error), ...frames.map((frame) => `    at ${place(frame)}`)].join("\n");

function compile(path) {
  const source = readFileSync(path, "utf8");
  const key = `${version} ${form} ${keyOf(source)}`;
  const kept = keptFile(path);
  const known = kept && readKept(`${kept}.js`, key);
  if (known !== undefined) {
    maps.set(path, () => readKept(`${kept}.map`, key) ?? transform(source, path).map);
    return known;
  }
  const { code, map } = transform(source, path);
  maps.set(path, () => map);
  if (kept) {
    keep(`${kept}.map`, key, map);
    keep(`${kept}.js`, key, code);
  }
  return code;
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
  return folder && join(cache, path.slice(folder.length));
}

/** Undefined where there is none yet, or one that is damaged or of another text: it is made anew. */
function readKept(file, key) {
  try {
    const text = readFileSync(file, "utf8");
    const end = text.indexOf("\n");
    const content = text.slice(end + 1);
    return text.slice(0, end) === `${key} ${keyOf(content)}` ? content : undefined;
  } catch {
    return undefined;
  }
}

/** Several processes may write the same one. */
function keep(file, key, content) {
  const written = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(written, `${key} ${keyOf(content)}\n${content}`);
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
  if (!sourceMaps.has(path)) {
    const text = maps.get(path)?.();
    sourceMaps.set(path, text && new Module.SourceMap(JSON.parse(text)));
  }
  return sourceMaps.get(path);
}
