import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { relative } from "node:path";

/**
 * Jest's reporter of `npm test`: each failure when it happens, each file when it is done, every failure whole, and at the end,
 * alone on its line, "N passed, N failed". `npm test` may run Jest twice: the first leaves its count in the file that
 * TEST_COUNT_INTO names, and says no more; the second goes on from there.
 */
export default class Reporter {
  #passed = 0;
  #failures = [];

  constructor({ rootDir }) {
    this.place = (path) => relative(rootDir, path);
    const { TEST_COUNT_FROM: from, TEST_COUNT_INTO: into } = process.env;
    if (from !== undefined) [this.#passed, this.#failures] = readCount(from);
    this.into = into;
    if (into !== undefined) return;
    // Whatever else reports at the end, coverage for one, this is the last line.
    process.once("exit", () => console.log(`\n${this.#passed} passed, ${this.#failures.length} failed`));
  }

  onTestCaseResult({ path }, result) {
    if (result.status !== "passed") console.log(title(this.place(path), result));
  }

  onTestResult({ path }, { testResults, testExecError, failureMessage, console: printed, perfStats }) {
    const file = this.place(path);
    for (const { message } of printed ?? []) console.log(message);
    // A test that did not run, because it is skipped or another one is focused on, has not passed.
    const failures = testResults.filter(({ status }) => status !== "passed");
    this.#passed += testResults.length - failures.length;
    this.#failures.push(...failures.map((result) => [title(file, result), reason(result)]));
    if (testExecError) {
      this.#failures.push([`✗ ${file}`, failureMessage]);
      console.log(`✗ ${file}`);
    }
    console.log(`${file}  ${((perfStats.end - perfStats.start) / 1000).toFixed(1)} s`);
  }

  onRunComplete() {
    if (this.into !== undefined) return writeFileSync(this.into, JSON.stringify([this.#passed, this.#failures]));
    for (const [name, why] of this.#failures) console.log(`\n${name}\n${why.replace(/^/gm, "    ")}`);
  }

  /** Makes Jest fail where Jest itself sees nothing wrong. */
  getLastError() {
    if (this.#failures.length > 0) return new Error("Some tests have failed.");
    return this.#passed === 0 ? new Error("No test was run.") : undefined;
  }
}

function readCount(file) {
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  return [0, [["✗ the tests that need no tools", "They ended before they were counted."]]];
}

// Without the runner's own part of the stack.
function reason({ failureMessages }) {
  const lines = failureMessages.flatMap((message) => message.split("\n"));
  return lines.filter((line) => !/^ +at .*(node_modules\/jest-|\(node:|at node:)/.test(line)).join("\n") || "It did not run.";
}

function title(file, { ancestorTitles, title: name }) {
  return `✗ ${file} ${[...ancestorTitles, name].join(" › ")}`;
}
