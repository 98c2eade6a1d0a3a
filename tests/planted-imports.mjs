// Which imports ESLint reports: plants one from each room into each other, and prints what was found as JSON.
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
  found[room] = {
    rooms: targets.filter(
      (target) => target !== room && isReported(`../${target}/planted`) && isReported(`../../${target}/planted`),
    ),
    program: ["index", "project", "settings"].filter((file) => isReported(`../${file}`)),
  };
}
console.log(JSON.stringify(found));
