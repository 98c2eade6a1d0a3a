import { readdirSync } from "node:fs";
import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/**
 * Imports go one way. Each room, a folder at the top of the tree, says which other rooms it may use, and whether it may use
 * the program's own files beside them. The table in docs/architecture.md says the same in words; tests/fence.test.ts compares.
 */
export const rooms = {
  model: [],
  runbooks: [],
  services: ["model", "runbooks"],
  load: ["model"],
  render: ["model"],
  checks: ["model", "render"],
  components: ["model", "render"],
  simulate: ["model", "render"],
  incidents: ["model", "services", "simulate"],
  library: ["model", "load", "render", "checks", "components", "simulate", "terminal", "local"],
  local: ["load"],
  preview: ["model", "load", "local"],
  terminal: ["model", "render", "local"],
  gate: ["model", "local", "terminal"],
  rollback: ["local", "terminal"],
};

/** These stand at the end of the way, and may use everything. */
const ends = ["commands", "tests", "examples"];

function hasCode(folder) {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" }).some((file) => file.endsWith(".ts"));
}

const root = new URL("./", import.meta.url);
const folders = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
  .map(({ name }) => name)
  .filter(hasCode);

for (const folder of folders) {
  if (!(folder in rooms) && !ends.includes(folder))
    throw new Error(
      `Add ${folder}/ to the rooms in eslint.config.mjs, and to docs/architecture.md: which other rooms may it use?`,
    );
}

function importRule(room, allowed) {
  const forbidden = folders.filter((other) => other !== room && !allowed.includes(other));
  const uses = allowed.length === 0 ? "no other room" : allowed.join(" and ");
  return {
    files: [`${room}/**/*.ts`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^(\\.\\./)+(${forbidden.join("|")})(/|$)`,
              message: `${room}/ uses ${uses}: imports go one way, so that it can be tested as plain values (docs/architecture.md).`,
            },
            {
              regex: "^(\\.\\./)+(index|project|settings)$",
              message: `${room}/ knows nothing of the program that ties the rooms together (docs/architecture.md).`,
            },
          ],
        },
      ],
    },
  };
}

export default tseslint.config(
  { ignores: ["node_modules", ".cache", ".local", "library/dist", "**/runbooks/sections.ts"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-unused-vars": ["error", { ignoreRestSiblings: true, varsIgnorePattern: "^_" }],
      // tsconfig's noPropertyAccessFromIndexSignature asks for brackets where this rule asks for a dot.
      "@typescript-eslint/dot-notation": "off",
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "max-params": ["error", 4],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
    },
  },
  ...Object.entries(rooms).map(([room, allowed]) => importRule(room, allowed)),
  {
    files: ["tests/**/*.ts"],
    ignores: ["tests/tools/*.ts", "tests/local/go-tool.test.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^(\\.\\./)+local/(engine|go-tool)$",
              importNamePattern: "^provide",
              message: "Take the tool from tests/tools/: `npm test` builds what the chosen test files import from there.",
            },
          ],
        },
      ],
    },
  },
  {
    files: ["tests/types/*.ts"],
    // Lines that only have to compile, or not to.
    rules: { "@typescript-eslint/no-unused-expressions": "off", "@typescript-eslint/no-unsafe-argument": "off" },
  },
  {
    files: ["examples/**/*.ts"],
    // Programs outside this one: what they import is not installed here. tests/library compiles them where it is.
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    files: ["**/*.mjs", "**/*.cjs"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        URL: "readonly",
        module: "readonly",
        require: "readonly",
        __dirname: "readonly",
      },
    },
  },
);
