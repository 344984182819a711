/**
 * What the signature of a bundle is over, and which of two versions is the older one. Without any import: the agent
 * asks it before it loads the rest of itself.
 */

/** The first line separates this use of a key from any other. */
export function statementToSign(statement: Uint8Array): Uint8Array {
  const head = new TextEncoder().encode('mailpath agent bundle v1\n');
  const whole = new Uint8Array(head.length + statement.length);
  whole.set(head);
  whole.set(statement, head.length);
  return whole;
}

/** Negative where `a` is older than `b`, 0 where both are the same; of versions of three numbers. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)];
  for (const at of [0, 1, 2]) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
