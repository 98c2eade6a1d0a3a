// Keeps what V8 has compiled between starts: of the modules that a start loads, a third of the time is their compilation.
// Node 22 and newer do it by themselves; for Node 20 it is done here, in one file for the project and its packages. What is kept of a
// module is used only for the very text that it was compiled from, and V8 itself refuses what another version or other flags left.
const { Buffer } = require("node:buffer");
const {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} = require("node:fs");
const Module = require("node:module");
const { dirname, join, sep } = require("node:path");
const { Script } = require("node:vm");
const { crc32 } = require("node:zlib");
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
  const { modules: kept, close } = openKept(file);
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
  process.on("exit", () => fresh.size > 0 && require("node:worker_threads").isMainThread && keep(file, kept, fresh, close));

  function compile(content, path, key) {
    const known = kept.get(path);
    const cachedData = known?.key === key ? known.code() : undefined;
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

/** The modules by path. Their code is read when it is asked for: a command runs a part of what all commands have left. */
function openKept(file) {
  try {
    const descriptor = openSync(file);
    const { size } = fstatSync(descriptor);
    const start = 4 + read(descriptor, size, 0, 4).readUInt32LE(0);
    const list = JSON.parse(read(descriptor, size, 4, start).toString());
    const modules = list.map(([path, key, checksum, from, to]) => {
      const code = () => {
        const bytes = read(descriptor, size, start + from, start + to);
        return crc32(bytes) === checksum ? bytes : undefined;
      };
      return [path, { key, code }];
    });
    return { modules: new Map(modules), close: () => closeSync(descriptor) };
  } catch {
    return { modules: new Map(), close: () => {} }; // none yet, or one that was cut off: it is made anew
  }
}

/** What stands in a file from one place to another; less where it ends before. */
function read(descriptor, size, from, to) {
  const bytes = Buffer.allocUnsafe(Math.max(Math.min(to, size) - from, 0));
  return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, from));
}

/**
 * At the end, when the functions are compiled that were called: the length of the list of modules, the list, and their code.
 * Several processes may write; what one of them misses, it adds the next time.
 */
function keep(file, kept, fresh, close) {
  const compiled = [...fresh].map(([path, { key, script }]) => [path, { key, code: () => script.createCachedData() }]);
  const all = [...new Map([...kept, ...compiled])].flatMap(([path, { key, code }]) => {
    const bytes = existsSync(path) ? code() : undefined;
    return bytes ? [{ path, key, bytes }] : [];
  });
  close(); // Windows replaces no file that is open
  let end = 0;
  const modules = all.map(({ path, key, bytes }) => [path, key, crc32(bytes), end, (end += bytes.length)]);
  const list = Buffer.from(JSON.stringify(modules));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(list.length);
  const written = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(written, Buffer.concat([length, list, ...all.map(({ bytes }) => bytes)]));
    renameSync(written, file);
  } catch {
    rmSync(written, { force: true }); // a folder that cannot be written only makes the next start slower
  }
}
