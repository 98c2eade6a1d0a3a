/** How Jest runs the tests; `npm test` and `npm run test:unit` choose which (commands/test.ts). */
export default {
  testMatch: ["<rootDir>/tests/**/*.test.ts"],
  // Copies of the project's own package.json lie there.
  modulePathIgnorePatterns: ["<rootDir>/\\.local/", "<rootDir>/\\.cache/", "<rootDir>/library/dist/"],
  transform: {
    "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } }],
  },
  injectGlobals: false,
  // Engines, databases and servers are started side by side: more of them starve each other.
  maxWorkers: 2,
  // Against tests that hang. How long one takes depends on the machine, and is nothing that fails.
  testTimeout: 15 * 60_000,
  reporters: ["<rootDir>/tests/reporter.mjs"],
  cacheDirectory: "<rootDir>/.cache/jest",
  coverageProvider: "v8",
  collectCoverageFrom: ["{model,checks,render}/**/*.ts"],
  coverageReporters: [["text", { skipFull: true }]],
};
