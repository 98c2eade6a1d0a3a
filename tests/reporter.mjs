/**
 * node:test's reporter of `npm test`: each failure when it happens, each file when it is done, every failure whole, and at the end,
 * alone on its line, "N passed, N failed".
 */
export default async function* report(source) {
  let passed = 0;
  let failed = 0;
  const failures = [];
  for await (const { type, data } of source) {
    if (type === "test:pass" || type === "test:fail") {
      const isLeaf = data.details.type !== "suite" && !isWholeFile(data);
      if (type === "test:pass" && isLeaf) passed += 1;
      if (type === "test:fail" && (isLeaf || data.details.error?.code === "ERR_TEST_FAILURE")) {
        if (data.details.error?.failureType === "subtestsFailed") continue;
        failed += 1;
        failures.push(data);
        yield `✗ ${place(data)} ${data.name}\n`;
      }
    }
    if (type === "test:complete" && isWholeFile(data))
      yield `${place(data)}  ${(data.details.duration_ms / 1000).toFixed(1)} s\n`;
    if (type === "test:stdout" || type === "test:stderr") yield data.message;
  }
  for (const data of failures) yield `\n✗ ${place(data)} ${data.name}\n${describe(data.details.error)}\n`;
  yield `\n${passed} passed, ${failed} failed\n`;
}

function isWholeFile(data) {
  return data.file !== undefined && data.name === data.file;
}

// Without the line: it would be one of the compiled file.
function place({ file }) {
  if (file === undefined) return "";
  return file.startsWith(process.cwd()) ? file.slice(process.cwd().length + 1) : file;
}

function describe(error) {
  const cause = error?.cause ?? error;
  return (cause?.stack ?? cause?.message ?? String(cause)).replace(/^/gm, "    ");
}
