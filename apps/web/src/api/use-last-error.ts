import { useState } from 'react';

/**
 * Why a question has no answer. A query that never had one forgets its error whenever it asks again: without this, a
 * sign-in page would go away and come back empty every few seconds, whatever was typed into it.
 */
export function useLastError({ data, error }: { data: unknown; error: Error | null }): Error | null {
  const [last, setLast] = useState(error);
  const now = error ?? (data === undefined ? last : null);
  if (now !== last) setLast(now);
  return now;
}
