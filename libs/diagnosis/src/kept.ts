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
