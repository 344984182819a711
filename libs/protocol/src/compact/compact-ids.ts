/** What the first id of a frame is told by. */
export const NO_ID = '0'.repeat(32);
const DIGITS = 32;
const HEX = /^[0-9a-f]{0,32}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A UUID's digits without dashes; null for one that is not written in lower case. */
export const digitsOf = (id: string): string | null => (UUID.test(id) ? id.replaceAll('-', '') : null);

export const uuidOf = (digits: string): string =>
  `${digits.slice(0, 8)}-${digits.slice(8, 12)}-${digits.slice(12, 16)}-${digits.slice(16, 20)}-${digits.slice(20)}`;

/**
 * An id by the one before, both as 32 digits: with how many digits both begin, with how many they end, each as one
 * character in base 36, and the digits between. Ids of one agent count up, so few are left.
 */
export function shortened(digits: string, before: string): string {
  let head = 0;
  while (head < DIGITS && digits[head] === before[head]) head += 1;
  let tail = 0;
  while (head + tail < DIGITS && digits[DIGITS - 1 - tail] === before[DIGITS - 1 - tail]) tail += 1;
  return head.toString(36) + tail.toString(36) + digits.slice(head, DIGITS - tail);
}

/** The reverse; null for what is no such id. */
export function lengthened(short: string, before: string): string | null {
  const head = Number.parseInt(short.charAt(0), 36);
  const tail = Number.parseInt(short.charAt(1), 36);
  const middle = short.slice(2);
  if (!(head >= 0 && tail >= 0) || head + tail + middle.length !== DIGITS || !HEX.test(middle)) return null;
  return before.slice(0, head) + middle + before.slice(DIGITS - tail);
}
