import TestSequencer from "@jest/test-sequencer";

/** What takes minutes with little text, so that Jest, which goes by size until it has measured, would begin it last. */
const long = [/tests\/engine\//, /tests\/library\//, /-live\.test\.ts$/];

/** Begins with the tests that take longest: one that is begun last keeps a single core busy while the others have nothing to do. */
export default class Sequencer extends TestSequencer {
  sort(tests) {
    const isLong = ({ path, duration }) => duration === undefined && long.some((pattern) => pattern.test(path));
    return super.sort(tests).toSorted((left, right) => Number(isLong(right)) - Number(isLong(left)));
  }
}
