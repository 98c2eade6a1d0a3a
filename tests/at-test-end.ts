import { afterEach } from "@jest/globals";

const ends: (() => unknown)[] = [];

/** Ends what a test has started when that test is over, however it went: what was started last ends first. */
export function atTestEnd(end: () => unknown): void {
  ends.push(end);
}

afterEach(async () => {
  for (let end = ends.pop(); end; end = ends.pop()) await end();
});
