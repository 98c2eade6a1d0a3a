/** Kubernetes' own word for 1,024 bytes. */
export const kibibyte = 1024;

/** The bytes of a document as it is sent: UTF-8 of its JSON. */
export function documentBytes(document: unknown): number {
  return Buffer.byteLength(JSON.stringify(document), "utf8");
}
