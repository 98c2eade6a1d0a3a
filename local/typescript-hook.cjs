// Lets `require` load TypeScript: `node --require ./local/typescript-hook.cjs file.ts`. JavaScript, because it runs before TypeScript can.
const Module = require("node:module");

const loadPackage = Module._extensions[".js"];
require("tsx/cjs/api").register();
const loadSource = Module._extensions[".js"];

// tsx also reads through every file of every package, which takes as long again as loading them. Packages are JavaScript as they are.
Module._extensions[".js"] = (module, path) => (/[\\/]node_modules[\\/]/.test(path) ? loadPackage : loadSource)(module, path);

// Newer Nodes keep compiled code between runs.
Module.enableCompileCache?.(require("node:path").join(__dirname, "..", ".cache", "compiled"));
