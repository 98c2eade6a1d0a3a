import type { Provider } from "@pulumi/pulumi/provider";
import { createProvider as createReal } from "../../machine/embedded/kubernetes/provider";
import { failing } from "./failing-provider";

export function createProvider(target: string): Provider {
  return failing(createReal(target), target);
}
