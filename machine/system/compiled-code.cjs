// Keeps what V8 has compiled between starts: of the modules that a start loads, a third of the time is their compilation.
// Node 22 and newer do it by themselves; for Node 20 it is done here, in one file for the project and its packages. What is kept of a
// module is used only for the very text that it was compiled from, and V8 itself refuses what another version or other flags left.
const { Buffer } = require("node:buffer");
const { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join, sep } = require("node:path");
const { Script } = require("node:vm");
const { crc32 } = require("node:zlib");

const root = join(__dirname, "..", "..");
const folder = join(root, ".cache", "compiled");

/** Code that was kept has lost what a later `import()` needs. */
const imports = /\bimport\s*(?:\(|\/[*/])/;

/** Comments name types so: they are no code. */
const typeImports = /@\w+ \{import\(/g;

if (Module.enableCompileCache) Module.enableCompileCache(folder);
else keepCompiledCode(join(folder, `${process.version}-${process.arch}`));

function keepCompiledCode(file) {
  const kept = readKept(file);
  const fresh = new Map();
  const compileAnew = Module.prototype._compile;
  Module.prototype._compile = function (content, path) {
    const isKept = path.startsWith(root + sep) && !(imports.test(content) && imports.test(content.replace(typeImports, "")));
    const wrapper = isKept && compile(content, path, keyOf(content));
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
  process.on("exit", () => fresh.size > 0 && require("node:worker_threads").isMainThread && keep(file, kept, fresh));

  function compile(content, path, key) {
    const known = kept.get(path);
    const cachedData = known?.key === key ? known.code : undefined;
    try {
      const script = new Script(Module.wrap(content.replace(/^#!.*/, "")), {
        filename: path,
        cachedData,
        columnOffset: -Module.wrap("").indexOf("\n"),
      });
      if (!cachedData || script.cachedDataRejected) fresh.set(path, { key, script });
      return script.runInThisContext();
    } catch {
      return undefined; // Node itself says best what is wrong with it
    }
  }
}

/** Tells texts apart as Node's own cache does. */
function keyOf(content) {
  return `${content.length} ${crc32(content)}`;
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

/** The modules by path: the length of the list, the list with the checksum of all code, and the code. */
function readKept(file) {
  try {
    const bytes = readFileSync(file);
    const start = 4 + bytes.readUInt32LE(0);
    const { checksum, modules } = JSON.parse(bytes.toString("utf8", 4, start));
    const code = bytes.subarray(start);
    if (crc32(code) !== checksum) return new Map();
    return new Map(modules.map(([path, key, from, to]) => [path, { key, code: code.subarray(from, to) }]));
  } catch {
    return new Map(); // none yet, or one that was cut off: it is made anew
  }
}

/** At the end, when the functions are compiled that were called. Several processes may write; what one of them misses, it adds the next time. */
function keep(file, kept, fresh) {
  const compiled = [...fresh].map(([path, { key, script }]) => [path, { key, code: script.createCachedData() }]);
  const all = [...new Map([...kept, ...compiled])].filter(([path]) => existsSync(path));
  let end = 0;
  const modules = all.map(([path, { key, code }]) => [path, key, end, (end += code.length)]);
  const code = Buffer.concat(all.map(([, one]) => one.code));
  const list = Buffer.from(JSON.stringify({ checksum: crc32(code), modules }));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(list.length);
  const written = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(written, Buffer.concat([length, list, code]));
    renameSync(written, file);
  } catch {
    rmSync(written, { force: true }); // a folder that cannot be written only makes the next start slower
  }
}
