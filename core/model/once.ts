/** The function, asked only once about each object: what never changes has one answer. */
export function once<K extends object, R extends object>(answer: (about: K) => R): (about: K) => R {
  const known = new WeakMap<K, R>();
  return (about) => {
    const found = known.get(about);
    if (found !== undefined) return found;
    const fresh = answer(about);
    known.set(about, fresh);
    return fresh;
  };
}
