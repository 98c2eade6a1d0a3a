/** The function, asked only once about each object: what never changes has one answer. */
export function once<K extends object, R>(answer: (about: K) => R): (about: K) => R {
  const known = new WeakMap<K, { readonly answer: R }>();
  return (about) => {
    const found = known.get(about) ?? { answer: answer(about) };
    known.set(about, found);
    return found.answer;
  };
}
