import { SkipCode } from '@mailpath/protocol';
import { expect, it } from 'vitest';
import { sentenceFor } from '../diagnose-server.ts';
import { skippedResult } from '../testing/faults.ts';
import { signedIn } from '../testing/healthy.ts';

const REASON = 'not run, for a reason of its own';
const result = { ...skippedResult(signedIn('imap.mailbox')), reason: REASON };

it.each(SkipCode.options)('a check that was not tried says why in both languages: %s', (code) => {
  for (const about of [null, 'outlook.office365.com:993']) {
    const skipped = { ...result, evidence: { skip: { code, about } } };
    expect(sentenceFor(skipped)).toBe(REASON);
    expect(sentenceFor(skipped, 'ja')).toMatch(/[ぁ-ん].*。$/);
    expect(sentenceFor(skipped, 'ja')).not.toContain('null');
  }
});

it('an agent of before is repeated as it is', () => {
  expect(sentenceFor(result, 'ja')).toBe(REASON);
});
