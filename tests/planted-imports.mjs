// Which imports ESLint reports: plants one from each room into each other, and prints what was found as JSON.
import { posix } from "node:path";
import { ESLint, Linter } from "eslint";
import { rooms } from "../eslint.config.mjs";

const eslint = new ESLint();
const linter = new Linter();
const targets = [...Object.keys(rooms), "commands", "tests"];
const found = {};
for (const room of Object.keys(rooms)) {
  const { rules } = await eslint.calculateConfigForFile(`${room}/planted.ts`);
  const rule = rules["no-restricted-imports"];
  const isReported = (specifier) =>
    linter.verify(`import "${specifier}";`, [{ rules: { "no-restricted-imports": rule } }]).length > 0;
  const planted = (folder, target) => posix.relative(folder, posix.join(target, "planted"));
  found[room] = {
    rooms: targets.filter(
      (target) => target !== room && isReported(planted(room, target)) && isReported(planted(posix.join(room, "below"), target)),
    ),
    program: ["index", "project", "settings", "site-content"].filter((file) => isReported(posix.relative(room, file))),
  };
}
console.log(JSON.stringify(found));
