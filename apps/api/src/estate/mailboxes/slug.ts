import { createHash } from 'node:crypto';

/** The longest target name. */
const LONGEST = 40;
const HASH_CHARACTERS = 6;

/**
 * The name of a user as a target: `sales-at-example-com`. It follows from the address alone, and no two addresses share
 * one: where letters were lost, the beginning of a hash makes up for them.
 */
export function userSlug(address: string): string {
  const slug = plain(address.replace('@', '-at-'));
  const faithful = /^[a-z0-9.]+@[a-z0-9.]+$/.test(address) && !address.includes('.at.');
  if (faithful && slug.length <= LONGEST) return slug;
  const hash = createHash('sha256').update(address).digest('hex').slice(0, HASH_CHARACTERS);
  return `${plain(slug.slice(0, LONGEST - HASH_CHARACTERS - 1)) || 'user'}-${hash}`;
}

/**
 * The name of a mailbox: what stands before the @, or, where that name is taken or has no letter that a name may have,
 * the whole address.
 */
export function mailboxSlug(address: string, taken: ReadonlySet<string>): string {
  const short = plain(address.slice(0, address.lastIndexOf('@')));
  if (short !== '' && short.length <= LONGEST && !taken.has(short)) return short;
  const long = userSlug(address);
  if (!taken.has(long)) return long;
  for (let number = 2; ; number += 1) {
    const name = `${plain(long.slice(0, LONGEST - 4))}-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Lower-case letters, digits and single dashes, none at an end. */
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
