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

/** The function, asked only once about an object as long as it is about the same one: where all answers would take much room. */
export function onceInARow<K extends object, R>(answer: (about: K) => R): (about: K) => R {
  let last: { readonly about: K; readonly answer: R } | undefined;
  return (about) => {
    if (last?.about !== about) last = { about, answer: answer(about) };
    return last.answer;
  };
}
