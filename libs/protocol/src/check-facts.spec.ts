import { describe, expect, it } from 'vitest';
import {
  checkFacts,
  type CheckFacts,
  CHECKS,
  checksWith,
  FIRST_TOKEN_CHECKS,
  isCheck,
  isFirstToken,
  isKnownCheck,
  type KnownCheck,
  LANES,
} from './check-facts.ts';
import { CheckId } from './target.ts';
import { Phase } from './words.ts';

const rows = Object.entries<CheckFacts>(CHECKS);

describe('what is known of checks', () => {
  it.each(rows)('%s: its id is one, and its phases are walked in order up to what it needs', (id, facts) => {
    expect(CheckId.parse(id)).toBe(id);
    expect(facts.phases.slice(0, 2)).toEqual(['resolve', 'connect']);
    for (const phase of facts.phases) expect(Phase.options).toContain(phase);
    expect(facts.phases.includes('authenticate')).toBe(facts.kind === 'login');
    expect(facts.phases.includes('token')).toBe(facts.kind === 'token');
    expect(/^(?:access-token|mailbox-reader)$/.test(facts.needs)).toBe(facts.kind === 'login');
    expect(LANES).toContain(facts.lane);
  });

  it('has every kind once: what obtains a token, what signs in, and what reads the settings', () => {
    expect(checksWith(({ kind }) => kind === 'token')).toEqual([
      'token.redeem',
      'token.device-code',
      'token.refresh',
      'token.app-only',
    ]);
    expect(checksWith(({ kind }) => kind === 'login')).toEqual([
      'imap.mailbox',
      'pop3.mailbox',
      'smtp.login',
      'mail.round-trip',
    ]);
    expect(checksWith(({ kind }) => kind === 'set-up')).toEqual(['https.external-url', 'https.redirect-uri']);
  });

  it('has no other first token than those that a person signs in for', () => {
    const interactive = checksWith(({ needs }) => needs === 'authorization-code' || needs === 'device-code');
    expect(FIRST_TOKEN_CHECKS).toEqual(interactive);
    expect(rows.map(([id]) => id).filter(isFirstToken)).toEqual(interactive);
  });

  it.each([
    ['imap.capability', 'imap', ['resolve', 'connect', 'tls', 'greet']],
    ['https.portal', 'https', ['resolve', 'connect', 'tls', 'http']],
    ['ldap.bind', 'tcp', ['resolve', 'connect']],
    ['constructor.name', 'tcp', ['resolve', 'connect']],
  ])('knows of %s, which has no row, what its id says', (id, speaks, phases) => {
    expect(isKnownCheck(id)).toBe(false);
    expect(checkFacts(id)).toMatchObject({
      kind: 'path',
      service: null,
      speaks,
      phases,
      needs: speaks === 'https' ? 'web' : 'direct-path',
      lane: 'own',
    });
  });

  it('tells whether something is of one of several checks', () => {
    expect(isCheck({ check: 'imap.tls' }, 'pop3.tls', 'imap.tls')).toBe(true);
    expect(isCheck({ check: 'imap.tls' }, 'pop3.tls')).toBe(false);
    // @ts-expect-error: an id that is no check does not compile
    expect(isCheck({ check: 'imap.tls' }, 'imap.tsl')).toBe(false);
    // @ts-expect-error: nor does one in a list of them
    const ids: KnownCheck[] = ['token.redem'];
    expect(ids.every(isKnownCheck)).toBe(false);
  });
});
