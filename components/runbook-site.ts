import { createHash } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Model } from "../core/model/model";
import { objectLabels } from "../core/render/object-labels";
import { siteConfigMaps, type SiteConfigMap } from "../core/site/config-maps";
import type { Files } from "../core/site/content";
import { healthPath, webServerConfiguration, webServerPort } from "../core/site/web-server";

/** What {@link RunbookSite} needs. */
export interface RunbookSiteArgs {
  /** The rendered site. */
  readonly files: Files;
  /** Whose pages they are: each service has ConfigMaps of its own. */
  readonly model: Model;
  readonly namespace: string;
  /** The name of its objects; those of its ConfigMaps begin with it. */
  readonly objectName: string;
  /** What everything is a part of, in the labels. */
  readonly partOf: string;
  /** An image of nginx that runs without privileges and listens where its configuration says. {@link webServerImage} when left out. */
  readonly image?: string;
  /** Who leads to it from outside the cluster. Nobody when left out. */
  readonly entrance?: Entrance;
}

/** A way into the cluster, for a host name. */
export type Entrance =
  | { readonly type: "ingress"; readonly host: string; readonly className: string; readonly tlsSecret?: string }
  | { readonly type: "gateway"; readonly host: string; readonly name: string; readonly namespace: string };

/** The web server: nginx as its maintainers build it for users other than root. */
export const webServerImage = "docker.io/nginxinc/nginx-unprivileged:1.28-alpine";

/**
 * The rendered pages, and a web server for them. Other pages are other ConfigMaps: the old ones go when the new pods serve. Give
 * it to rules as `dependsOn`: then no alert leads to a page that is not there yet.
 */
export class RunbookSite extends pulumi.ComponentResource {
  constructor(resourceName: string, args: RunbookSiteArgs, opts?: pulumi.ComponentResourceOptions) {
    super("dark-tower:observability:RunbookSite", resourceName, {}, opts);
    const { namespace, objectName, partOf, image = webServerImage, entrance } = args;
    const parent = { parent: this };
    const labels = objectLabels({ id: objectName }, partOf);
    const podLabels = { "app.kubernetes.io/name": objectName };
    const metadata = { name: objectName, namespace, labels };
    const pages = siteConfigMaps(args.files, args.model, objectName);
    const server = serverConfigMap(objectName);
    const configMaps = [...pages, server].map(
      ({ part, data, binaryData, name }) =>
        new k8s.core.v1.ConfigMap(
          `${resourceName}-${part}`,
          { metadata: { ...metadata, name }, immutable: true, data, ...(binaryData && { binaryData }) },
          parent,
        ),
    );
    const deployment = new k8s.apps.v1.Deployment(
      resourceName,
      { metadata, spec: deploymentSpec({ image, pages, server, labels, podLabels }) },
      { ...parent, dependsOn: configMaps },
    );
    new k8s.policy.v1.PodDisruptionBudget(
      resourceName,
      { metadata, spec: { maxUnavailable: 1, selector: { matchLabels: podLabels } } },
      parent,
    );
    new k8s.networking.v1.NetworkPolicy(
      resourceName,
      {
        metadata,
        spec: {
          podSelector: { matchLabels: podLabels },
          policyTypes: ["Ingress", "Egress"],
          ingress: [{ ports: [{ protocol: "TCP", port: webServerPort }] }],
          egress: [],
        },
      },
      parent,
    );
    const service = new k8s.core.v1.Service(
      resourceName,
      { metadata, spec: { selector: podLabels, ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }] } },
      { ...parent, dependsOn: [deployment] },
    );
    if (entrance?.type === "ingress")
      new k8s.networking.v1.Ingress(
        resourceName,
        { metadata, spec: ingressSpec(objectName, entrance) },
        { ...parent, dependsOn: [service] },
      );
    if (entrance?.type === "gateway")
      new k8s.apiextensions.CustomResource(
        resourceName,
        { apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute", metadata, spec: routeSpec(objectName, entrance) },
        { ...parent, dependsOn: [service] },
      );
    this.registerOutputs({});
  }
}

function serverConfigMap(name: string): SiteConfigMap {
  const hash = createHash("sha256").update(webServerConfiguration).digest("hex").slice(0, 10);
  const key = "default.conf";
  return { name: `${name}-server-${hash}`, part: "server", data: { [key]: webServerConfiguration }, items: [{ key, path: key }] };
}

interface PodArgs {
  readonly image: string;
  readonly pages: readonly SiteConfigMap[];
  readonly server: SiteConfigMap;
  readonly labels: Readonly<Record<string, string>>;
  /** Those by which the pods are found. */
  readonly podLabels: Readonly<Record<string, string>>;
}

/** Two pods, of which a new one serves before an old one goes. */
function deploymentSpec({ image, pages, server, labels, podLabels }: PodArgs): k8s.types.input.apps.v1.DeploymentSpec {
  return {
    replicas: 2,
    revisionHistoryLimit: 2,
    strategy: { type: "RollingUpdate", rollingUpdate: { maxUnavailable: 0, maxSurge: 1 } },
    selector: { matchLabels: podLabels },
    template: {
      metadata: { labels },
      spec: {
        automountServiceAccountToken: false,
        enableServiceLinks: false,
        securityContext: {
          runAsNonRoot: true,
          runAsUser: 101,
          runAsGroup: 101,
          seccompProfile: { type: "RuntimeDefault" },
        },
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: "kubernetes.io/hostname",
            whenUnsatisfiable: "ScheduleAnyway",
            labelSelector: { matchLabels: podLabels },
          },
        ],
        containers: [
          {
            name: "nginx",
            image,
            ports: [{ name: "http", containerPort: webServerPort, protocol: "TCP" }],
            securityContext: {
              allowPrivilegeEscalation: false,
              readOnlyRootFilesystem: true,
              capabilities: { drop: ["ALL"] },
            },
            resources: { requests: { cpu: "10m", memory: "32Mi" }, limits: { cpu: "250m", memory: "64Mi" } },
            readinessProbe: { httpGet: { path: healthPath, port: "http" }, periodSeconds: 5 },
            livenessProbe: { httpGet: { path: healthPath, port: "http" }, periodSeconds: 10, failureThreshold: 3 },
            lifecycle: { preStop: { exec: { command: ["sleep", "5"] } } },
            volumeMounts: [
              { name: "site", mountPath: "/site", readOnly: true },
              { name: "server", mountPath: "/etc/nginx/conf.d", readOnly: true },
              { name: "tmp", mountPath: "/tmp" },
            ],
          },
        ],
        volumes: [
          {
            name: "site",
            projected: { sources: pages.map((page) => ({ configMap: { name: page.name, items: [...page.items] } })) },
          },
          { name: "server", configMap: { name: server.name } },
          { name: "tmp", emptyDir: { sizeLimit: "16Mi" } },
        ],
      },
    },
  };
}

function ingressSpec(
  name: string,
  { host, className, tlsSecret }: Extract<Entrance, { type: "ingress" }>,
): k8s.types.input.networking.v1.IngressSpec {
  const backend = { service: { name, port: { name: "http" } } };
  return {
    ingressClassName: className,
    rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
    ...(tlsSecret !== undefined && { tls: [{ hosts: [host], secretName: tlsSecret }] }),
  };
}

function routeSpec(name: string, { host, ...parent }: Extract<Entrance, { type: "gateway" }>): object {
  return {
    parentRefs: [{ name: parent.name, namespace: parent.namespace }],
    hostnames: [host],
    rules: [{ matches: [{ path: { type: "PathPrefix", value: "/" } }], backendRefs: [{ name, port: 80 }] }],
  };
}
