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

/** The same for each name that an object is asked for. */
export function keptByName<Of extends object, Made>(
  make: (of: Of, name: string) => Made,
): (of: Of, name: string) => Made {
  const names = kept((of: Of) => {
    const made = new Map<string, Made>();
    return (name: string): Made => {
      const before = made.get(name);
      if (before !== undefined || made.has(name)) return before as Made;
      const what = make(of, name);
      made.set(name, what);
      return what;
    };
  });
  return (of, name) => names(of)(name);
}
