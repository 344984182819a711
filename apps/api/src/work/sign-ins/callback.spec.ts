import { describe, expect, it } from 'vitest';
import { randomText } from './authorize-url.ts';
import { Callback, refusalOf } from './callback.ts';

const state = randomText();

describe('what comes back from Entra', () => {
  it('is a code or an error, with whatever else it brings', () => {
    expect(Callback.parse({ state, code: 'x', session_state: 'y' })).toEqual({ state, code: 'x' });
    expect(Callback.parse({ state, error: 'access_denied' })).toEqual({ state, error: 'access_denied' });
  });

  it.each([
    [{ code: 'x' }],
    [{ state }],
    [{ state, code: 'x', error: 'y' }],
    [{ state: 'short', code: 'x' }],
    [{ state: [state, state], code: 'x' }],
    [{ state: `${state}\n`, code: 'x' }],
  ])('is refused as %j', (query) => {
    expect(Callback.safeParse(query).success).toBe(false);
  });

  it('is kept without the state, should the refusal repeat it', () => {
    const refusal = refusalOf({ state, error: 'x', error_description: `AADSTS900144: ${state} is no state` });
    expect(refusal.failure).toBe('Entra ID refused the sign-in with x: AADSTS900144: [secret] is no state');
  });

  it.each([
    'AADSTS65004: User declined to consent.\r\nTrace ID: 1\r\nCorrelation ID: 2',
    'AADSTS65004: User declined to consent. Trace ID: 1 Correlation ID: 2 Timestamp: 2026-11-25 02:00:00Z',
  ])('is kept as a refusal with its number, without what follows: %j', (description) => {
    expect(refusalOf({ error: 'access_denied', error_description: description })).toEqual({
      failure: 'Entra ID refused the sign-in with access_denied: AADSTS65004: User declined to consent.',
      aadsts: 65004,
    });
  });

  it('is kept without what a database cannot hold, and no longer than a sentence', () => {
    const { failure, aadsts } = refusalOf({ error: 'a\0b\ud83d', error_description: 'x'.repeat(5_000) });
    expect([failure.length, failure.isWellFormed(), /\p{Cc}/u.test(failure), aadsts]).toEqual([
      1024,
      true,
      false,
      null,
    ]);
  });
});
