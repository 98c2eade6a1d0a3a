// `node --require ./failing-files.cjs`: from a given write on, everything that this process writes below a folder fails as on a broken disk.
const fs = require("node:fs");

const { FAILING_CODE: code, FAILING_FROM: from, FAILING_BELOW: below = "" } = process.env;
let writes = 0;

for (const name of ["writeFileSync", "mkdirSync", "renameSync", "linkSync", "copyFileSync", "symlinkSync"]) {
  const original = fs[name];
  fs[name] = (...args) => {
    const isThere = args.slice(0, 2).some((path) => String(path).startsWith(below));
    if (isThere && ++writes >= Number(from))
      throw Object.assign(new Error(`${code}: refused, ${name} '${args[0]}'`), {
        code,
        errno: -1,
        syscall: name,
        path: String(args[0]),
      });
    return original(...args);
  };
}
