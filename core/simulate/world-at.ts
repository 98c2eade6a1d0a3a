import type { Model } from "../model/model";
import type { Instance } from "./instance";
import { isRunning, type World } from "./world";

/**
 * A world as it is in the installation of a model: with the namespaces of its workloads, and with what an agent there adds to
 * every series. The same world where the model is of no installation.
 */
export function worldAt(world: World, { services, installation }: Model): World {
  if (installation === undefined) return world;
  const running = services.filter(isRunning);
  const moved = (instance: Instance): Instance => {
    const service = running.find(({ id }) => id === instance.service.id);
    return service === undefined ? instance : { ...instance, service };
  };
  const { workloadNamespace, externalLabels = {} } = installation;
  const inNamespace = <T extends { readonly namespace: string }>(one: T): T =>
    workloadNamespace === undefined ? one : { ...one, namespace: workloadNamespace };
  return {
    ...world,
    instances: world.instances.map(moved),
    deployments: world.deployments.map(inNamespace),
    evicted: world.evicted.map(inNamespace),
    externalLabels,
  };
}
