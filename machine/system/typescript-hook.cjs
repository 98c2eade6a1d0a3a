// Lets `require` load TypeScript: `node --require ./machine/system/typescript-hook.cjs file.ts`. JavaScript, because it runs before TypeScript can.
const Module = require("node:module");

require("./lazy-modules.cjs");

const isPackage = (path) => /[\\/]node_modules[\\/]/.test(path);
const [loadPackage, resolveInPackage] = [Module._extensions[".js"], Module._resolveFilename];
require("tsx/cjs/api").register();
const [loadSource, resolveInSource] = [Module._extensions[".js"], Module._resolveFilename];

// tsx also reads through every file of every package, and looks for TypeScript behind whatever one of them requires, which
// takes as long again as loading them. Packages are JavaScript as they are.
Module._extensions[".js"] = (module, path) => (isPackage(path) ? loadPackage : loadSource)(module, path);
Module._resolveFilename = (request, parent, ...rest) =>
  (isPackage(parent?.filename ?? "") ? resolveInPackage : resolveInSource).call(Module, request, parent, ...rest);

// Newer Nodes keep compiled code between runs.
Module.enableCompileCache?.(require("node:path").join(__dirname, "..", "..", ".cache", "compiled"));
