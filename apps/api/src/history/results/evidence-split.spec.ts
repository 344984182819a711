import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinEvidence, type Observed, type Outline, splitEvidence } from './evidence-split.ts';
import type { Json } from '@mailpath/protocol';

const SMTP = (frontEnd: string, second: string) => ({
  greeting: `220 ${frontEnd}.outlook.office365.com Microsoft ESMTP MAIL Service ready at Fri, 27 Nov 2026 22:43:${second} +0000 [08DE2C${second}]`,
  ehlo: [`${frontEnd}.outlook.office365.com Hello [192.0.2.7]`, 'SIZE 157286400', '8BITMIME', 'SMTPUTF8'],
});
const observed = (evidence: object, durationMs = 81.5): Observed => ({
  durationMs,
  phases: [{ name: 'connect', ms: durationMs / 2 }],
  evidence: evidence as Observed['evidence'],
});

/** As Postgres gives a jsonb back: in another order of keys. */
const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => b.length - a.length || (a < b ? 1 : -1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, shuffled(inner)]));
};
const readBack = (what: Observed): Observed => {
  const { hash, values, contents } = splitEvidence(what);
  const contentOf = (key: string) => shuffled(JSON.parse(contents.get(key) ?? 'null')) as Json;
  return joinEvidence(contentOf(hash) as unknown as Outline, values, contentOf);
};

describe('the storage of evidence', () => {
  it('has one content for observations that differ in times, dates, ids, addresses and front ends alone', () => {
    const dns = (...addresses: string[]) => ({
      addresses,
      error: null,
      ms: addresses.length / 7,
      resolvers: addresses.map((server) => ({
        server,
        a: { status: 'answer', records: addresses },
        ms: 3.1,
      })),
    });
    const one = splitEvidence(
      observed({
        smtp: SMTP('AM0PR01CA0042', '57'),
        dns: dns('192.0.2.1', '192.0.2.2'),
        clock: { aheadMs: 12 },
      }),
    );
    const other = splitEvidence(
      observed(
        { smtp: SMTP('DB9PR02CA0007', '03'), dns: dns('2001:db8::9', '192.0.2.1'), clock: { aheadMs: -7.5 } },
        3,
      ),
    );
    expect(other.hash).toBe(one.hash);
    expect(other.values).not.toBe(one.values);
  });

  it('has another content where something else differs', () => {
    const http = (status: number, contentType: string) =>
      splitEvidence(observed({ http: { status, contentType } })).hash;
    expect(new Set([http(200, 'text/html'), http(302, 'text/html'), http(200, 'text/plain')]).size).toBe(3);
  });

  it('shares a certificate chain between checks that have nothing else in common', () => {
    const tls = { chain: Array.from({ length: 3 }, (_, i) => ({ subject: `CN=${i}${'x'.repeat(100)}` })) };
    const imap = splitEvidence(observed({ tls, imap: { capability: ['IMAP4rev1'] } }));
    const https = splitEvidence(observed({ tls, http: { status: 200 } }));
    expect([...imap.contents.keys()].filter((hash) => https.contents.has(hash))).toHaveLength(1);
  });

  it('says a text that occurs again by the place of the first', () => {
    const { values } = splitEvidence(
      observed({ connect: { used: '203.0.113.77', attempts: ['203.0.113.77'] } }),
    );
    expect(values.split('203.0.113.77')).toHaveLength(2);
  });

  it('gives back what was observed, whatever it is', () => {
    const word = fc.constantFrom(
      '\uE000',
      'Fri, 27 Nov 2026',
      '10.0.0.1',
      '220 ',
      '[',
      'AM0PR01CA0042',
      '$&',
      '"',
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(word).map((words) => words.join('')),
    );
    const leaf = fc.oneof(
      text,
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
    );
    const key = fc.oneof(
      fc.constantFrom('ms', 'status', 'chain', 'family', 'date', 'version'),
      fc.stringMatching(/^[A-Za-z][A-Za-z0-9_-]{0,20}$/),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie('value')), fc.dictionary(key, tie('value'))),
    }));
    fc.assert(
      fc.property(
        fc.dictionary(key, value),
        fc.double({ min: 0, max: 86_400_000, noNaN: true }),
        (evidence, ms) => {
          // As it comes over the wire.
          const what = JSON.parse(JSON.stringify(observed(evidence as object, ms))) as Observed;
          expect(readBack(what)).toEqual(what);
        },
      ),
      { numRuns: 200 },
    );
  });
});
