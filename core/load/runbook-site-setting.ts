import { z } from "zod";

const allowed =
  'must be {} for none, or {"host": "runbooks.example.com"}, with "ingressClass" and perhaps "tlsSecret", or with "gateway": "namespace/name", ' +
  'if the way into the cluster is to be deployed too, and with "image" for another image of nginx.';

const host = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+$/)
  .max(253);
const objectName = z
  .string()
  .regex(/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/)
  .max(253);
const image = z.exactOptional(z.string().regex(/^[a-z0-9][^\s]*$/));

const forms = z.union([
  z.strictObject({}).transform(() => undefined),
  z.strictObject({ host, image }),
  z
    .strictObject({ host, image, ingressClass: objectName, tlsSecret: z.exactOptional(objectName) })
    .transform(({ ingressClass, tlsSecret, ...site }) => ({
      ...site,
      entrance: {
        type: "ingress" as const,
        host: site.host,
        className: ingressClass,
        ...(tlsSecret !== undefined && { tlsSecret }),
      },
    })),
  z
    .strictObject({ host, image, gateway: z.string().regex(/^[a-z0-9][-a-z0-9]*\/[a-z0-9][-a-z0-9.]*$/) })
    .transform(({ gateway, ...site }) => {
      const [namespace = "", name = ""] = gateway.split("/");
      return { ...site, entrance: { type: "gateway" as const, host: site.host, name, namespace } };
    }),
]);

/** What a stack sets of the pages of its runbooks in the cluster; undefined where there are none. */
export const runbookSite = z.unknown().transform((value, context) => {
  const result = forms.safeParse(value);
  if (result.success) return result.data;
  context.addIssue({ code: "custom", message: allowed, input: value });
  return z.NEVER;
});
