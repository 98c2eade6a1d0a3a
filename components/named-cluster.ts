import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

/**
 * Refuses any other cluster than the one that a stack names by the uid of its namespace kube-system, which is the usual
 * identity of a cluster. To be awaited before anything is declared, so that nothing is touched in the wrong one.
 * @throws RunError when the provider leads to another cluster.
 */
export async function requireNamedCluster(uid: string, provider: k8s.Provider): Promise<void> {
  const { metadata } = k8s.core.v1.Namespace.get("cluster", "kube-system", { provider });
  const found = await new Promise<string | undefined>((resolve) => metadata.uid.apply(resolve));
  // Every cluster has one; the folder that stands in for a cluster has none.
  if (found === uid || found === undefined) return;
  throw new pulumi.RunError(
    `Nothing was deployed.\n\nThis is another cluster than the stack's: its namespace kube-system has the uid ${found}, and the setting clusterUid is ${uid}. Set kubernetes:context to the context of the stack's cluster, or choose it with kubectl config use-context.`,
  );
}
