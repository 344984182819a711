import { MailpathError } from './errors.ts';
import type { Refusal } from './refusal.ts';
import { violates } from './database/violations.ts';

/** What `work` answers; a conflict with these words where the unique constraint forbids what it writes. */
export async function refuseTakenName<T>(
  constraint: string,
  refusal: Refusal,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (!violates(cause, constraint)) throw cause;
    throw new MailpathError('conflict', refusal, { cause });
  }
}
