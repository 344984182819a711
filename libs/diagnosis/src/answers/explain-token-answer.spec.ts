import { aadsts, lookUpNumber } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { explainTokenAnswer } from './explain-token-answer.ts';
import { NOT_THE_SIGN_IN_HOST, OAUTH_ERRORS, TOO_MANY_REQUESTS } from './oauth-error-table.ts';
import { OAUTH_SUBERRORS } from './oauth-suberror-table.ts';

describe('the explanation of a refused token request', () => {
  it('rests on the number when that is known, whatever else is said', () => {
    const answer = { status: 400, error: 'invalid_grant', aadsts: 50076, suberror: 'basic_action' };
    expect(explainTokenAnswer(answer)).toEqual({ by: 'aadsts', rung: 'code', row: aadsts(50076) });
  });

  it('falls back to suberror, then to error, when the number is new', () => {
    const answer = { status: 400, error: 'invalid_grant', aadsts: 999999 };
    expect(explainTokenAnswer({ ...answer, suberror: 'user_password_expired' })).toEqual({
      by: 'suberror',
      rung: 'family',
      row: OAUTH_SUBERRORS.user_password_expired,
    });
    const beside = explainTokenAnswer({ ...answer, suberror: 'new_word' });
    expect(beside).toMatchObject({
      by: 'error-beside-number',
      rung: 'family',
      row: { action: lookUpNumber },
    });
    // The word is told as the word, and not as what the number means.
    expect(beside.row.meaning.en).toMatch(/^The number stands in no table of Mailpath; the general word/);
    expect(beside.row.meaning.en).toContain(OAUTH_ERRORS.invalid_grant.meaning.en);
    expect(beside.row.meaning.ja).toContain(OAUTH_ERRORS.invalid_grant.meaning.ja);
    expect(explainTokenAnswer({ ...answer, aadsts: null, suberror: null })).toEqual({
      by: 'error',
      rung: 'code',
      row: OAUTH_ERRORS.invalid_grant,
    });
  });

  it.each([
    'invalid_request',
    'invalid_grant',
    'unauthorized_client',
    'invalid_client',
    'unsupported_grant_type',
    'invalid_resource',
    'invalid_scope',
    'interaction_required',
    'consent_required',
    'login_required',
    'access_denied',
    'authorization_pending',
    'slow_down',
    'expired_token',
    'temporarily_unavailable',
    'network_error',
  ])('knows the word %s', (error) => {
    expect(explainTokenAnswer({ status: 400, error, aadsts: null }).by).toBe('error');
  });

  it('knows who answered from the HTTP status when there is no word', () => {
    const told = { by: 'status', rung: 'family' };
    const html = { error: null, aadsts: null };
    expect(explainTokenAnswer({ ...html, status: 407 })).toEqual({ ...told, row: NOT_THE_SIGN_IN_HOST });
    expect(explainTokenAnswer({ ...html, status: 200 })).toEqual({ ...told, row: NOT_THE_SIGN_IN_HOST });
    expect(explainTokenAnswer({ ...html, status: 429 })).toEqual({ ...told, row: TOO_MANY_REQUESTS });
    expect(explainTokenAnswer({ ...html, status: 503 })).toEqual({
      ...told,
      row: OAUTH_ERRORS.temporarily_unavailable,
    });
  });

  it('guesses nothing of an answer that it does not know, and shows it as it came', () => {
    const { by, row } = explainTokenAnswer({
      status: 400,
      error: 'brand_new',
      aadsts: 999999,
      description: 'AADSTS999999: Something else.\r\nTrace ID: 1',
    });
    expect(by).toBe('nothing');
    expect(row).toMatchObject({ items: [], owner: 'unknown', retry: 'no' });
    for (const text of [row.meaning.en, row.meaning.ja]) {
      expect(text).toContain('HTTP 400 brand_new AADSTS999999: Something else.');
      expect(text).not.toContain('Trace ID: 1');
    }
  });

  it('shows the number once when there is no description, and a dash when there is nothing at all', () => {
    expect(explainTokenAnswer({ status: 400, error: 'brand_new', aadsts: 999999 }).row.meaning.en).toContain(
      '"HTTP 400 brand_new AADSTS999999"',
    );
    expect(explainTokenAnswer({}).row.meaning.en).toContain('"-"');
  });

  it('takes no property that every object has for a known word', () => {
    for (const error of ['constructor', 'toString', '__proto__'])
      expect(explainTokenAnswer({ status: 400, error, suberror: error }).by).toBe('nothing');
  });

  it('keeps a hostile answer short and free of control characters', () => {
    const { row } = explainTokenAnswer({
      status: 400,
      error: 'x\t'.repeat(10_000),
      description: '\u001B'.repeat(10_000),
    });
    expect(row.meaning.en.length).toBeLessThan(400);
    expect(row.meaning.en).not.toMatch(/\p{Cc}/u);
  });
});
