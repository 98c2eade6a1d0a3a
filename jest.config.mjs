/** How Jest runs the tests; `npm test` and `npm run test:unit` choose which (commands/test.ts). */
export default {
  testEnvironment: "<rootDir>/tests/environment.mjs",
  testMatch: ["<rootDir>/tests/**/*.test.ts"],
  // Copies of the project's own package.json lie there.
  modulePathIgnorePatterns: ["<rootDir>/\\.local/", "<rootDir>/\\.cache/", "<rootDir>/library/dist/"],
  // PGlite loads parts of itself with import(), which is turned into require() like our own imports.
  transform: {
    "\\.ts$|/@electric-sql/.*js$": [
      "@swc/jest",
      { jsc: { parser: { syntax: "typescript" }, target: "es2022" }, module: { type: "commonjs" } },
    ],
  },
  transformIgnorePatterns: ["/node_modules/(?!@electric-sql/)"],
  injectGlobals: false,
  // Engines, databases and servers are started side by side: more of them starve each other.
  maxWorkers: 3,
  // Against tests that hang. How long one takes depends on the machine, and is nothing that fails.
  testTimeout: 15 * 60_000,
  testSequencer: "<rootDir>/tests/sequencer.mjs",
  reporters: ["<rootDir>/tests/reporter.mjs"],
  cacheDirectory: "<rootDir>/.cache/jest",
  collectCoverageFrom: ["core/{model,checks,render}/**/*.ts"],
  coverageReporters: [["text", { skipFull: true }]],
};
