// Keeps what V8 has compiled between starts: of the modules that a start loads, a third of the time is their compilation.
// Node 22 and newer do it by themselves; for Node 20 it is done here, in one file for the project and its packages. What is kept of a
// module is used only for the very text that it was compiled from, and V8 itself refuses what another version or other flags left.
const { readFileSync } = require("node:fs");
const Module = require("node:module");
const { basename, dirname, join, sep } = require("node:path");
const { Script } = require("node:vm");
const { keep, openKept } = require("./kept-code.cjs");
const { keyOf } = require("./text-key.cjs");

const root = join(__dirname, "..", "..");
const folder = join(root, ".cache", "compiled");

/** Code that was kept has lost what a later `import()` needs. */
const imports = /\bimport\s*(?:\(|\/[*/])/;

/** Comments name types so: they are no code. */
const typeImports = /@\w+ \{import\(/g;

if (Module.enableCompileCache) Module.enableCompileCache(folder);
else keepCompiledCode(join(folder, `${process.version}-${process.arch}`));

function keepCompiledCode(file) {
  const { starts, modules: kept, close } = openKept(file);
  const mine = bitOf(starts);
  const fresh = new Map();
  const compileAnew = Module.prototype._compile;
  Module.prototype._compile = function (content, path) {
    const key = keyOf(content);
    const wrapper = (kept.get(path)?.key === key || canBeKept(content, path)) && compile(content, path, key);
    return wrapper ? run(wrapper, this, path) : compileAnew.call(this, content, path);
  };
  const loadAsNode = Module._extensions[".js"];
  Module._extensions[".js"] = (module, path) => {
    if (!kept.has(path)) return loadAsNode(module, path);
    // Node would look for the package.json that says whether this is an ES module. It has, when it compiled the very same text.
    const content = readFileSync(path, "utf8");
    const key = keyOf(content);
    const wrapper = kept.get(path).key === key && compile(content, path, key);
    return wrapper ? run(wrapper, module, path) : loadAsNode(module, path);
  };
  process.on("exit", (exitCode) => {
    // What has failed may have called little: it adds what is new, and says of nothing that it has called what it needs.
    const added =
      exitCode === 0 ? fresh : new Map([...fresh].flatMap(([path, one]) => (one.used ? [] : [[path, { ...one, by: 0 }]])));
    if (added.size > 0 && require("node:worker_threads").isMainThread) keep({ file, starts, kept, fresh: added, close });
  });

  function compile(content, path, key) {
    const known = kept.get(path);
    const cachedData = known?.key === key ? known.code() : undefined;
    try {
      const script = new Script(Module.wrap(content.replace(/^#!.*/, "")), {
        filename: path,
        cachedData,
        columnOffset: -Module.wrap("").indexOf("\n"),
      });
      const used = script.cachedDataRejected ? undefined : cachedData;
      if (!used || !(known.by & mine)) fresh.set(path, { key, script, used, by: mine | (used ? known.by : 0) });
      return script.runInThisContext();
    } catch {
      return undefined; // Node itself says best what is wrong with it
    }
  }
}

function canBeKept(content, path) {
  return path.startsWith(root + sep) && !(imports.test(content) && imports.test(content.replace(typeImports, "")));
}

function run(wrapper, module, path) {
  return wrapper.call(module.exports, module.exports, requireOf(module), module, path, dirname(path));
}

/** What a module calls `require`. */
function requireOf(module) {
  const require = (id) => module.require(id);
  require.resolve = (id, options) => Module._resolveFilename(id, module, false, options);
  require.resolve.paths = (id) => Module._resolveLookupPaths(id, module);
  require.main = process.mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

/**
 * The bit of this line in what is kept: the command and its options. A module's code has the functions that were called before it
 * was kept. A line that has not called its own yet, such as the first check after `up --help`, adds them; else each later one
 * would compile them anew.
 */
function bitOf(starts) {
  const [, script = "", command, ...words] = process.argv;
  const options = words.flatMap((word) => (word.startsWith("-") ? [word.split("=")[0]] : []));
  const start = basename(script) === "run.mjs" ? [command, ...options].join(" ") : basename(script);
  if (!starts.includes(start) && starts.length < 30) starts.push(start);
  return 1 << Math.max(starts.indexOf(start), 0); // more lines than bits: they count as the first
}
