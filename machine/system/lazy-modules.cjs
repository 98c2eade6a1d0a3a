// Modules that packages require when they are loaded, and that nothing here uses. Loading them takes longer than loading
// everything else, so each is loaded when something of it is used.
const Module = require("node:module");

const lazyModules = [
  // Serializes functions for dynamic providers.
  {
    of: /@pulumi\/pulumi\/(typescript-shim|runtime\/closure\/codePaths)\.js$/,
    modules: ["typescript", "@npmcli/arborist", "normalize-package-data"],
  },
  // Read charts and manifests.
  { of: /@pulumi\/kubernetes\/index\.js$/, modules: ["./helm", "./kustomize", "./yaml"] },
  // Asks npm itself, of a line that npm may have kept options of.
  { of: /machine\/terminal\/npm-knowledge\.ts$/, modules: ["node:child_process"] },
  // Names temporary files.
  { of: /machine\/system\/atomic-file\.ts$/, modules: ["node:crypto"] },
  // Knows the engine's values; the commands that start no engine only read files with it.
  { of: /machine\/embedded\/provider\/property-values\.ts$/, modules: ["@pulumi/pulumi/runtime/rpc"] },
  // Renders dashboards, and loads Grafana's SDK for it: only those that may be too large for an object are rendered to check them.
  { of: /core\/checks\/object-can-be-created\.ts$/, modules: ["../render/dashboard"] },
  // Reads raw HTML, which runbooks rarely have.
  { of: /core\/load\/markdown-html\.ts$/, modules: ["htmlparser2"] },
  // Compares versions; most stacks state none.
  { of: /\/versions\.ts$/, modules: ["semver"] },
  // Messages in other languages, and trees of HTML.
  { of: /zod\/v4\/(core\/index|classic\/external)\.cjs$/, modules: ["../locales/index.cjs"] },
  { of: /htmlparser2\/dist\/commonjs\/index\.js$/, modules: ["domhandler", "domutils"] },
  // Build dashboards of later schemas.
  { of: /@grafana\/grafana-foundation-sdk\/dist\/\w+\/\w+\.gen\.js$/, modules: ["../dashboardv2", "../dashboardv2beta1"] },
];

const load = Module._load;
Module._load = (request, parent, ...rest) => {
  const isLazy = lazyModules.some(
    ({ of, modules }) => modules.includes(request) && of.test(parent?.filename?.replaceAll("\\", "/") ?? ""),
  );
  return isLazy ? onUse(() => load(request, parent, ...rest)) : load(request, parent, ...rest);
};

function onUse(loadModule) {
  let loaded;
  const get = (key) => {
    loaded ??= loadModule();
    return key === "default" && !loaded.__esModule ? loaded : loaded[key];
  };
  // Compiled code asks whether a module is an ES module, and copies everything out of one that is not.
  return new Proxy({}, { get: (_, key) => (key === "__esModule" ? true : get(key)) });
}
