/** Where a stack's alerts lead on this machine. */
export interface LocalAddresses {
  /** The ports on which its addresses are, in their order; none where they lead elsewhere. */
  readonly ports: readonly { readonly port: number; readonly settings: readonly string[] }[];
  readonly runbooksPath: string;
  readonly grafanaPath: string;
}

/** The ports and paths that the settings of a stack name. */
export function localAddresses(environment: { readonly runbookBaseUrl: string; readonly grafanaUrl: string }): LocalAddresses {
  const local = (["runbookBaseUrl", "grafanaUrl"] as const).flatMap((setting) => {
    const { protocol, hostname, port } = new URL(environment[setting]);
    const isHere = protocol === "http:" && ["localhost", "127.0.0.1"].includes(hostname);
    return isHere ? [{ setting, port: port === "" ? 80 : Number(port) }] : [];
  });
  const ports = [...new Set(local.map(({ port }) => port))];
  return {
    ports: ports.map((port) => ({ port, settings: local.filter((each) => each.port === port).map(({ setting }) => setting) })),
    runbooksPath: pathOf(environment.runbookBaseUrl),
    grafanaPath: pathOf(environment.grafanaUrl),
  };
}

function pathOf(url: string): string {
  return new URL(url).pathname.replace(/\/+$/, "");
}
