import * as pulumi from "@pulumi/pulumi";

/** A resource as the program registered it. */
export interface Recorded {
  readonly type: string;
  readonly name: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Of what was not created, but only read. */
  readonly id?: string;
}

/** Takes the place of the engine, for the resources that are made after it, and records what they register. */
export function recordResources(
  config: Readonly<Record<string, string>> = {},
  secretKeys: string[] = [],
  namespaces: Readonly<Record<string, string>> = {},
): Recorded[] {
  const recorded: Recorded[] = [];
  const prefixed = Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key.includes(":") ? key : `dark-tower-observability:${key}`, value]),
  );
  pulumi.runtime.setAllConfig(
    prefixed,
    secretKeys.map((key) => `dark-tower-observability:${key}`),
  );
  void pulumi.runtime.setMocks(
    {
      newResource: ({ type, name, inputs, id }: pulumi.runtime.MockResourceArgs) => {
        recorded.push({ type, name, inputs: properties(inputs), ...(id !== undefined && id !== "" && { id }) });
        const uid = namespaces[id ?? ""];
        if (uid !== undefined) return { id: id ?? "", state: { metadata: { uid } } };
        return { id: `${name}-id`, state: properties(inputs) };
      },
      call: () => ({}),
    },
    "dark-tower-observability",
    "test",
  );
  return recorded;
}

/** The value of an output. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve));
}

/** Waits until everything that has been made is registered. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await new Promise((done) => setImmediate(done));
}

function properties(inputs: unknown): Readonly<Record<string, unknown>> {
  return typeof inputs === "object" && inputs !== null ? { ...inputs } : {};
}
