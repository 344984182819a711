import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

const ofThisProcess = randomBytes(16);
let count = randomBytes(4).readUInt32BE();

/**
 * A UUIDv7 (RFC 9562) for a result that began at this moment: the moment, a counter, and 42 bits that are drawn once
 * for each process. All but the counter are known from elsewhere, so a thousand ids of a history take hardly any room,
 * where random ones would be half of it.
 */
export function resultId(startedAt: Date): string {
  count = (count + 1) | 0;
  return uuidv7({ msecs: startedAt.getTime(), seq: count, random: ofThisProcess });
}
