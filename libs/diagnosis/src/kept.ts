/**
 * What is made of an object once and kept for as long as the object is: an index over all results of a server, say, so
 * that looking for one of them does not walk all of them again. The object must not change.
 */
export function kept<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const made = new WeakMap<Of, { what: Made }>();
  return (of) => {
    const before = made.get(of);
    if (before) return before.what;
    const what = make(of);
    made.set(of, { what });
    return what;
  };
}

/** The same for each combination of names that an object is asked for. */
export function keptByNames<Of extends object, Names extends readonly string[], Made>(
  make: (of: Of, ...names: Names) => Made,
): (of: Of, ...names: Names) => Made {
  const madeOf = kept<Of, Map<string, { what: Made }>>(() => new Map());
  return (of, ...names) => {
    const key = JSON.stringify(names);
    const before = madeOf(of).get(key);
    if (before) return before.what;
    const what = make(of, ...names);
    madeOf(of).set(key, { what });
    return what;
  };
}
