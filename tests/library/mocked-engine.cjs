// Preloaded into Pulumi's Node host. Takes the engine's place, and prints at the end what the program in the working folder
// has registered and which of its files were loaded. JavaScript, because the host brings its own TypeScript.
const { join, relative } = require("node:path");
const { runtime } = require("@pulumi/pulumi");

const registered = [];

runtime.setMocks(
  {
    newResource: ({ type, name, inputs }) => {
      registered.push(type);
      return { id: name, state: inputs };
    },
    call: () => ({}),
  },
  process.env.PULUMI_NODEJS_PROJECT,
  process.env.PULUMI_NODEJS_STACK,
);

process.on("exit", () => {
  const paths = Object.keys(require.cache).map((path) => relative(process.cwd(), path));
  const loaded = paths.filter(
    (path) => !path.startsWith("..") && !path.includes(join("node_modules", "")) && path.endsWith(".ts"),
  );
  process.stdout.write(JSON.stringify({ registered, loaded }));
});
