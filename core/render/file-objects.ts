/** Below the 1 MiB that the API server takes. */
const mostBytes = 900 * 1024;

/** Documents shared out to as few ConfigMaps as hold them, in their order. */
export function shareDocuments(documents: Readonly<Record<string, string>>): readonly Readonly<Record<string, string>>[] {
  const maps: { readonly data: Record<string, string>; size: number }[] = [];
  for (const [key, text] of Object.entries(documents)) {
    const size = Buffer.byteLength(text);
    const last = maps.at(-1);
    if (last && last.size + size <= mostBytes) {
      last.data[key] = text;
      last.size += size;
    } else maps.push({ data: { [key]: text }, size });
  }
  return maps.map(({ data }) => data);
}
