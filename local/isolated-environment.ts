// Settings of another backend, cluster or Grafana, which the engine or the SDKs would pick up by themselves.
const foreign = /^(PULUMI_|KUBECONFIG$|GRAFANA_)/;

/** Runs something without the environment variables that point at another backend, cluster or Grafana. */
export async function inIsolatedEnvironment<T>(run: () => Promise<T>): Promise<T> {
  const removed = Object.entries(process.env).filter(([name]) => foreign.test(name));
  for (const [name] of removed) Reflect.deleteProperty(process.env, name);
  try {
    return await run();
  } finally {
    Object.assign(process.env, Object.fromEntries(removed));
  }
}
