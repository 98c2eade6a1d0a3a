import { createRequire } from "node:module";
import { main, type Provider } from "@pulumi/pulumi/provider";
import { joinProviders } from "./joined-provider";

// The process of the providers: `provider-main.ts <target folder> <package>=<module with createProvider> …`. It prints its port.
const [target, ...served] = process.argv.slice(2);
if (target === undefined) throw new Error("Usage: provider-main.ts <target folder> <package>=<module> …");

// Whoever started this process holds its standard input: when that process is gone, killed or not, nothing may write any longer.
process.stdin.on("end", () => process.exit(0)).resume();
void main(joinProviders(new Map(served.map((argument) => createFrom(argument, target)))), []);

function createFrom(argument: string, folder: string): [string, Provider] {
  const [name = "", ...path] = argument.split("=");
  const loaded: unknown = createRequire(__filename)(path.join("="));
  if (!isFactory(loaded)) throw new Error(`${argument} exports no function createProvider.`);
  return [name, loaded.createProvider(folder)];
}

function isFactory(loaded: unknown): loaded is { createProvider: (target: string) => Provider } {
  return (
    typeof loaded === "object" && loaded !== null && "createProvider" in loaded && typeof loaded.createProvider === "function"
  );
}
