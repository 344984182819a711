import type { CheckResult } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { sentenceFor } from './diagnose-server.ts';

const skippedWith = (evidence: CheckResult['evidence']): CheckResult => ({
  id: '0197a000-0000-7000-8000-000000000000',
  check: 'imap.tls',
  target: { name: 'imap', host: '::1', port: 993 },
  outcome: 'skipped',
  startedAt: '2026-11-28T00:00:00.000Z',
  durationMs: 0,
  phases: [],
  failure: null,
  reason: 'as the agent says it',
  evidence,
  repeats: null,
});

describe('a check that the rules of its server forbid', () => {
  it.each([
    ['en', /do not allow \[::1\]:993.*"allow" in agent\.json/],
    ['ja', /\[::1\]:993 への接続が許可されていません.*agent\.json の "allow"/],
  ] as const)('names the place that is not allowed, and the remedy (%s)', (language, words) => {
    const result = skippedWith({ policy: { barred: 'place', host: '::1', port: 993 } });
    expect(sentenceFor(result, language)).toMatch(words);
  });

  it.each([
    ['en', /relay\.test leads to 10\.0\.0\.5 \(private\).*"policy\.networks" in agent\.json/],
    ['ja', /relay\.test のアドレスが 10\.0\.0\.5 \(private\).*"policy\.networks"/],
  ] as const)('names the address that is not open, and the remedy (%s)', (language, words) => {
    const result = skippedWith({
      policy: { barred: 'address', host: 'relay.test', port: 25, address: '10.0.0.5', range: 'private' },
    });
    expect(sentenceFor(result, language)).toMatch(words);
  });

  it('is told from one that was skipped for another reason', () => {
    expect(sentenceFor(skippedWith({}), 'ja')).toBe('as the agent says it');
  });
});
