import type { Provider } from "@pulumi/pulumi/provider";
import { createProvider as createReal } from "../../machine/embedded/kubernetes/provider";
import { killing } from "./killing-provider";

export function createProvider(target: string): Provider {
  return killing(createReal(target), target);
}
