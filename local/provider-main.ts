import { createRequire } from "node:module";
import { main, type Provider } from "@pulumi/pulumi/provider";

// The process of one provider: `provider-main.ts <module with createProvider> <target folder>`. It prints its port.
const [module, target] = process.argv.slice(2);
if (module === undefined || target === undefined) throw new Error("Usage: provider-main.ts <module> <target folder>");

// Whoever started this process holds its standard input: when that process is gone, killed or not, nothing may write any longer.
process.stdin.on("end", () => process.exit(0)).resume();
void main(createFrom(module, target), []);

function createFrom(path: string, folder: string): Provider {
  const loaded: unknown = createRequire(__filename)(path);
  if (!isFactory(loaded)) throw new Error(`${path} exports no function createProvider.`);
  return loaded.createProvider(folder);
}

function isFactory(loaded: unknown): loaded is { createProvider: (target: string) => Provider } {
  return (
    typeof loaded === "object" && loaded !== null && "createProvider" in loaded && typeof loaded.createProvider === "function"
  );
}
