/** One line for each: what is printed can be pasted, whole, into a shell that takes one mailbox at a time. */
export const each = (names: readonly string[], command: (name: string) => string): string =>
  names.map(command).join('\n');
