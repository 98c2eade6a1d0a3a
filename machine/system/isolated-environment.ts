// Settings of another backend, cluster or Grafana, which the engine or the SDKs would pick up by themselves.
const foreign = /^(PULUMI_|KUBECONFIG$|GRAFANA_)/;

// The folder that stands in for Grafana takes any; a program that is given none refuses to deploy.
const anyToken = "embedded";

/**
 * Runs something without the environment variables that point at another backend, cluster or Grafana, and with the proxies
 * of the environment for what is elsewhere only.
 */
export async function inIsolatedEnvironment<T>(run: () => Promise<T>): Promise<T> {
  const before = { ...process.env };
  for (const name of Object.keys(before).filter((variable) => foreign.test(variable))) Reflect.deleteProperty(process.env, name);
  Object.assign(process.env, withoutProxyToLoopback(before), { GRAFANA_AUTH: anyToken });
  try {
    return await run();
  } finally {
    const added = [...exemptions, "GRAFANA_AUTH"].filter((variable) => before[variable] === undefined);
    for (const name of added) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, before);
  }
}

// gRPC for Node reads only the lower-case names, and the first of these alone where it is set.
const exemptions = ["no_grpc_proxy", "no_proxy", "NO_PROXY"];
const loopback = ["127.0.0.1", "localhost", "::1"];

/** The variables that keep proxies away from this machine: engine, program and providers talk to each other there. */
export function withoutProxyToLoopback(environment: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const list = environment["no_proxy"] ?? environment["NO_PROXY"] ?? "";
  return Object.fromEntries(
    exemptions.map((name) => {
      const hosts = (environment[name] ?? list).split(",").map((host) => host.trim());
      return [name, [...new Set([...hosts, ...loopback])].filter((host) => host !== "").join(",")];
    }),
  );
}
