/** The function, asked only once about each object: what never changes has one answer. */
export function once<K extends object, R>(answer: (about: K) => R): (about: K) => R {
  const known = new WeakMap<K, { readonly answer: R }>();
  return (about) => {
    const found = known.get(about) ?? { answer: answer(about) };
    known.set(about, found);
    return found.answer;
  };
}

/**
 * The same for two objects, as long as there is the first one. Where the answer needs itself, as that of a recording rule over itself does, it is `meanwhile`
 * there.
 */
export function oncePerPair<A extends object, B, R>(answer: (about: A, and: B) => R, meanwhile: R): (about: A, and: B) => R {
  const known = once<A, Map<B, { answer: R }>>(() => new Map());
  return (about, and) => {
    const answers = known(about);
    const found = answers.get(and);
    if (found) return found.answer;
    const fresh = { answer: meanwhile };
    answers.set(and, fresh);
    fresh.answer = answer(about, and);
    return fresh.answer;
  };
}
