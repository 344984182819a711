import { decodeAgentMessage, type CheckResult } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { normaliseCode } from '../fleet/enrolments/enrolment-code.ts';
import { acceptedLanguage } from '../platform/language/accepted-language.ts';
import { userSlug } from '../estate/mailboxes/slug.ts';
import { z } from 'zod';
import { MailpathError } from '../platform/errors.ts';
import { decodeCursor } from '../platform/page.ts';
import { backoffMs } from '../trust/holds/hold.ts';
import { refusalOf } from '../work/sign-ins/callback.ts';

const KIB_64 = 65_536;
/** Times the reading of the text once: a linear parser needs a few, one of the second degree ten thousand. */
const AT_MOST = 2_000;

const PARSERS: Record<string, (text: string) => unknown> = {
  refusalOf: (text) => refusalOf({ error: 'x', error_description: text, state: 'y' }),
  acceptedLanguage,
  normaliseCode,
  userSlug,
  decodeAgentMessage,
  decodeCursor: (text) => refused(() => decodeCursor(Buffer.from(text).toString('base64url'), z.null())),
  backoffMs: (text) => backoffMs(spoken(text), new Date()),
};
/** All that is read of it is what the other end said. */
const spoken = (text: string) =>
  ({
    failure: null,
    evidence: { dialogue: { lines: [text] }, token: { retryAfter: text } },
  }) as unknown as CheckResult;

function refused(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof MailpathError)) throw error;
  }
}

const BITS = [
  ' ',
  '\t',
  '"',
  '[',
  '{',
  ',',
  '\n',
  '=',
  '%',
  'a',
  '-',
  ', ',
  '; q=',
  'Backoff Time: ',
  'Retry-After ',
  ' \n',
  'Trace ID ',
];

describe('every parser of a text that anybody may send', () => {
  it.each(Object.entries(PARSERS))(
    '%s needs no more than some times the reading of 64 KiB',
    (_, parse) => {
      const slow = BITS.flatMap((bit) => {
        const text = bit.repeat(KIB_64).slice(0, KIB_64);
        const times = fastest(() => parse(text)) / fastest(() => once(text));
        return times > AT_MOST ? [`${JSON.stringify(bit)}: ${Math.round(times)} times`] : [];
      });
      expect(slow).toEqual([]);
    },
    120_000,
  );
});

function once(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i += 1) sum += text.charCodeAt(i);
  return sum;
}

/** Of three, since anything may interrupt one of them. */
function fastest(work: () => unknown): number {
  const times = [0, 1, 2].map(() => {
    const before = performance.now();
    work();
    return performance.now() - before;
  });
  return Math.max(Math.min(...times), 0.001);
}
