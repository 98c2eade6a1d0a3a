// The file in which compiled code is kept, of all modules of the project and its packages: the length and the checksum of a list of
// modules, the list, and their code.
const { Buffer } = require("node:buffer");
const { closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, renameSync, rmSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");
const { crc32 } = require("node:zlib");

const headerLength = 8;

/** The lines that were run, and the modules by path. Their code is read when it is asked for: a command runs a part of what all commands have left. */
function openKept(file) {
  try {
    const descriptor = openSync(file);
    const { size } = fstatSync(descriptor);
    const header = read(descriptor, size, 0, headerLength);
    const start = headerLength + header.readUInt32LE(0);
    const list = read(descriptor, size, headerLength, start);
    if (crc32(list) !== header.readUInt32LE(4)) throw new Error("damaged");
    const { starts, modules: listed } = JSON.parse(list.toString());
    const modules = listed.map(([path, key, by, checksum, from, to]) => {
      const code = () => {
        const bytes = read(descriptor, size, start + from, start + to);
        return crc32(bytes) === checksum ? bytes : undefined;
      };
      return [path, { key, by, code }];
    });
    return { starts, modules: new Map(modules), close: () => closeSync(descriptor) };
  } catch {
    return { starts: [], modules: new Map(), close: () => {} }; // none yet, or one that was cut off: it is made anew
  }
}

/** What stands in a file from one place to another; less where it ends before. */
function read(descriptor, size, from, to) {
  const bytes = Buffer.allocUnsafe(Math.max(Math.min(to, size) - from, 0));
  return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, from));
}

/**
 * At the end, when the functions are compiled that were called. Several processes may write; what one of them misses, it adds the
 * next time.
 */
function keep({ file, starts, kept, fresh, close }) {
  const compiled = [...fresh].map(([path, { key, by, script, used }]) => {
    const code = () => {
      const now = script.createCachedData();
      return used && used.length > now.length ? used : now; // V8 drops what was not called for long
    };
    return [path, { key, by, code }];
  });
  const all = [...new Map([...kept, ...compiled])].flatMap(([path, { key, by, code }]) => {
    const bytes = existsSync(path) ? code() : undefined;
    return bytes ? [{ path, key, by, bytes }] : [];
  });
  close(); // Windows replaces no file that is open
  let end = 0;
  const modules = all.map(({ path, key, by, bytes }) => [path, key, by, crc32(bytes), end, (end += bytes.length)]);
  const list = Buffer.from(JSON.stringify({ starts, modules }));
  const header = Buffer.alloc(headerLength);
  header.writeUInt32LE(list.length, 0);
  header.writeUInt32LE(crc32(list), 4);
  const written = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(written, Buffer.concat([header, list, ...all.map(({ bytes }) => bytes)]));
    renameSync(written, file);
  } catch {
    rmSync(written, { force: true }); // a folder that cannot be written only makes the next start slower
  }
}

module.exports = { openKept, keep };
