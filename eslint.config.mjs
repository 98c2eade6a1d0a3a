import { readdirSync } from "node:fs";
import eslint from "@eslint/js";
import tseslint from "typescript-eslint";

/**
 * Imports go one way. Each room, a folder at the top of the tree or in core/ or machine/, says which other rooms it may use, and whether it may use
 * the program's own files beside them. The table in docs/architecture.md says the same in words; tests/fence.test.ts compares.
 */
export const rooms = {
  runbooks: [],
  services: ["core/model", "runbooks"],
  incidents: ["core/model", "services", "core/simulate"],
  components: ["core/model", "core/render", "core/site"],
  library: [
    "core/model",
    "core/load",
    "core/render",
    "core/checks",
    "components",
    "core/simulate",
    "core/running",
    "core/replay",
    "machine/backtest",
    "machine/doctor",
    "machine/terminal",
    "machine/system",
  ],
  "core/model": [],
  "core/load": ["core/model"],
  "core/render": ["core/model"],
  "core/checks": ["core/model", "core/render"],
  "core/simulate": ["core/model", "core/render"],
  "core/running": ["core/model", "core/render", "core/checks"],
  "core/replay": ["core/model", "core/render", "core/simulate"],
  "core/site": ["core/model", "core/render", "core/simulate"],
  "machine/system": [],
  "machine/terminal": ["core/model", "core/render", "core/load", "machine/system"],
  "machine/tools": ["machine/system"],
  "machine/embedded": ["core/model", "core/load", "machine/system", "machine/tools"],
  "machine/cluster": ["core/model", "machine/system"],
  "machine/prometheus": ["core/model", "machine/system"],
  "machine/doctor": ["core/model", "core/load", "core/running", "machine/prometheus", "machine/system"],
  "machine/backtest": ["core/model", "core/load", "core/simulate", "core/replay", "machine/prometheus", "machine/system"],
  "machine/gate": ["core/model", "machine/prometheus", "machine/system", "machine/terminal"],
  "machine/show": [
    "core/model",
    "core/render",
    "core/simulate",
    "core/site",
    "machine/prometheus",
    "machine/system",
    "machine/tools",
  ],
  "machine/preview": [
    "core/model",
    "core/load",
    "core/replay",
    "core/site",
    "machine/backtest",
    "machine/system",
    "machine/tools",
    "machine/embedded",
  ],
  "machine/rollback": ["machine/system", "machine/terminal", "machine/tools", "machine/embedded", "machine/preview"],
};

/** These stand at the end of the way, and may use everything. */
const ends = ["commands", "tests", "examples"];

/** Folders that hold rooms, and nothing else. */
const floors = ["core", "machine"];

const root = new URL("./", import.meta.url);

function foldersIn(path) {
  return readdirSync(new URL(path, root), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules")
    .map(({ name }) => name);
}

function hasCode(folder) {
  return readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" }).some((file) => file.endsWith(".ts"));
}

const folders = foldersIn(".")
  .flatMap((name) => (floors.includes(name) ? foldersIn(name).map((room) => `${name}/${room}`) : [name]))
  .filter(hasCode);

for (const folder of folders) {
  if (!(folder in rooms) && !ends.includes(folder))
    throw new Error(
      `Add ${folder}/ to the rooms in eslint.config.mjs, and to docs/architecture.md: which other rooms may it use?`,
    );
}

// From a room on the same floor the floor's name is not in the path: no two rooms have one name.
function nameOf(folder) {
  return folder.slice(folder.indexOf("/") + 1);
}

function importRule(room, allowed) {
  const forbidden = folders.filter((other) => other !== room && !allowed.includes(other)).map(nameOf);
  const uses = allowed.length === 0 ? "no other room" : allowed.join(" and ");
  return {
    files: [`${room}/**/*.ts`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^(\\.\\./)+((${floors.join("|")})/)?(${forbidden.join("|")})(/|$)`,
              message: `${room}/ uses ${uses}: imports go one way, so that it can be tested as plain values (docs/architecture.md).`,
            },
            {
              regex: "^(\\.\\./)+(index|project|settings|site-content|versions)$",
              message: `${room}/ knows nothing of the program that ties the rooms together (docs/architecture.md).`,
            },
          ],
        },
      ],
    },
  };
}

export default tseslint.config(
  // Of tests/new-services the imports are right only where tests/twenty-alerts.test.ts copies them to, which compiles them there.
  { ignores: ["node_modules", ".cache", ".local", "library/dist", "tests/new-services", "**/runbooks/sections.ts"] },
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
    ignores: ["tests/tools/*.ts", "tests/machine/tools/*.ts", "tests/bench/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: "^(\\.\\./)+machine/tools/(engine|provide-tool|go-tool)$",
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
    files: ["core/site/assets/*.js"],
    // What browsers run.
    languageOptions: {
      sourceType: "script",
      globals: Object.fromEntries(
        [
          ...["document", "window", "location", "navigator", "fetch", "getComputedStyle", "getSelection", "devicePixelRatio"],
          ...["setTimeout", "addEventListener", "URL", "URLSearchParams", "IntersectionObserver", "ResizeObserver"],
          ...["MiniSearch", "uPlot"],
        ].map((name) => [name, "readonly"]),
      ),
    },
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
