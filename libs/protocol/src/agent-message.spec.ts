import { describe, expect, it } from 'vitest';
import { decodeAgentMessage, decodeApiMessage } from './agent-message.ts';
import { MAX_BATCH } from './batch-limits.ts';

const BOOT = '3f1f7b0e-8d0e-4b7e-9f2a-0d6c1f4f8a11';
const result = {
  id: '0192f000-0000-7000-8000-000000000001',
  check: 'imap.tls',
  target: { name: 'imap', host: 'outlook.office365.com', port: 993 },
  outcome: 'pass',
  startedAt: '2026-11-24T03:00:00.000Z',
  durationMs: 12.5,
  phases: [{ name: 'resolve', ms: 1 }],
  failure: null,
  reason: null,
  evidence: {},
  repeats: null,
};
const batch = (deliveries: unknown[]) =>
  decodeAgentMessage(JSON.stringify({ event: 'results', data: { boot: BOOT, deliveries } }));
const reason = (message: { event: string; data: unknown }) =>
  message.event === 'invalid' ? (message.data as { reason: string }).reason : message.event;

describe('a frame from an agent', () => {
  it('is read when it is a batch of results in sequence', () => {
    expect(
      batch([
        { sequence: 7, runId: null, result },
        { sequence: 8, runId: null, result },
      ]).event,
    ).toBe('results');
  });

  it('keeps a section of evidence that this version has no name for', () => {
    const newer = { ...result, evidence: { arc: { seal: 'pass', hops: [1, 2] } } };
    expect(batch([{ sequence: 1, runId: null, result: newer }])).toMatchObject({
      data: { deliveries: [{ result: { evidence: { arc: { seal: 'pass', hops: [1, 2] } } } }] },
    });
  });

  it('never brings text that Postgres cannot hold, whatever a mail server said', () => {
    const hostile = { ...result, evidence: { imap: { greeting: 'OK \u0000 \ud800' } } };
    expect(batch([{ sequence: 1, runId: null, result: hostile }])).toMatchObject({
      data: { deliveries: [{ result: { evidence: { imap: { greeting: 'OK \uFFFD \uFFFD' } } } }] },
    });
  });

  it.each<[string, string, RegExp]>([
    ['not JSON', 'hello', /not JSON/],
    ['nothing', '', /not JSON/],
    ['JSON of another shape', '[]', /frame: /],
    ['an unknown event', '{"event":"drop-table","data":{}}', /event: /],
    ['nested without end', '['.repeat(100_000), /not JSON|frame/],
    ['a prototype in its name', '{"__proto__":{"event":"join"}}', /event: /],
  ])('is refused with a reason when it is %s', (_, frame, words) => {
    expect(reason(decodeAgentMessage(frame))).toMatch(words);
  });

  it.each<[string, unknown[], RegExp]>([
    [
      'a gap',
      [
        { sequence: 1, runId: null, result },
        { sequence: 3, runId: null, result },
      ],
      /follow each other/,
    ],
    ['no result', [], /deliveries/],
    [
      'too many results',
      Array.from({ length: MAX_BATCH + 1 }, (_, i) => ({ sequence: i + 1, runId: null, result })),
      /deliveries/,
    ],
    [
      'a failure that passed',
      [
        {
          sequence: 1,
          runId: null,
          result: { ...result, failure: { phase: 'tls', code: 'reset', message: 'x' } },
        },
      ],
      /failure/,
    ],
    [
      'a failed result without a failure',
      [{ sequence: 1, runId: null, result: { ...result, outcome: 'fail' } }],
      /failure/,
    ],
    [
      'a port out of range',
      [{ sequence: 1, runId: null, result: { ...result, target: { ...result.target, port: 70_000 } } }],
      /port/,
    ],
    [
      'a time that is none',
      [{ sequence: 1, runId: null, result: { ...result, startedAt: 'yesterday' } }],
      /startedAt/,
    ],
    [
      'a negative duration',
      [{ sequence: 1, runId: null, result: { ...result, durationMs: -1 } }],
      /durationMs/,
    ],
  ])('is refused with the field when a batch has %s', (_, deliveries, words) => {
    expect(reason(batch(deliveries))).toMatch(words);
  });

  it('gives a reason that fits a close frame, whatever the sender wrote', () => {
    const words = reason(decodeApiMessage(JSON.stringify({ event: '日本語'.repeat(400), data: {} })));
    expect(words).toMatch(/^[\x20-\x7e]{1,120}$/);
  });
});
