const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * The text of a file's bytes, without a byte order mark and with plain line ends, so that every checkout has the same;
 * or what keeps them from being a text, as the end of a sentence: "it …".
 */
export function decodeText(bytes: Uint8Array): { readonly text: string } | { readonly fault: string } {
  if (bytes.includes(0)) return { fault: "holds the byte NUL" };
  try {
    return { text: utf8.decode(bytes).replace(/\r\n?/g, "\n") };
  } catch {
    return { fault: "holds bytes that are no UTF-8" };
  }
}
