import { describe, expect, it } from 'vitest';
import { isChangedOnPath } from './words/told.ts';
import * as en from './words/en/phrases.ts';
import * as ja from './words/ja/phrases.ts';
import { mailAnswer } from './answers/ladder/mail-answer.ts';

const answerWith = (items: readonly string[]) => ({
  items,
  meaning: { en: 'It says so.', ja: 'そう言っています。' },
  action: { en: 'Do this.', ja: 'こうします。' },
});

const told = (items: readonly string[], spread: 'alone' | 'one' | 'some' | 'all') => ({
  reply: 'no',
  answer: answerWith(items),
  spread,
});

describe('an answer about how something was sent, to one server of several', () => {
  it.each([
    [['X8'], 'one', true],
    [['X8', 'C4'], 'some', true],
    [['X6'], 'one', true],
    [['X8'], 'all', false],
    [['X8'], 'alone', false],
    [['C5', 'X8'], 'one', false],
    [[], 'one', false],
  ] as const)('%j of %s: the path changes it: %s', (items, spread, expected) => {
    expect(isChangedOnPath(told(items, spread))).toBe(expected);
    expect(en.because(told(items, spread), 'General.').includes('something on this server’s path')).toBe(
      expected,
    );
    expect(ja.because(told(items, spread), '一般。').includes('このサーバーの経路上')).toBe(expected);
    expect(en.remedy(told(items, spread), 'General.') === 'Do this.').toBe(!expected);
    expect(ja.remedy(told(items, spread), '一般。') === 'こうします。').toBe(!expected);
  });
});

it('is not read into what a new sign-in or time heals', () => {
  for (const retry of ['user', 'wait', 'back-off'] as const)
    expect(isChangedOnPath({ spread: 'one', answer: { items: ['X8'], retry } })).toBe(false);
});

describe('words about the mechanism of a login', () => {
  it.each([
    ['imap', '1 NO Unsupported authentication mechanism.'],
    ['imap', '1 NO AUTHENTICATE mechanism not supported'],
    ['pop3', '-ERR Unknown authentication method'],
    ['smtp', '535 5.7.1 Authentication mechanism not available'],
  ] as const)('%s %s is about the form, and blames no credential', (protocol, line) => {
    expect(mailAnswer({ protocol, phase: 'authenticate', line })?.items[0]).toBe('X8');
  });

  it('is not read into a refusal of the credential, or of a mailbox', () => {
    for (const line of ['1 NO AUTHENTICATE failed.', '1 NO [AUTHENTICATIONFAILED] Invalid credentials'])
      expect(mailAnswer({ protocol: 'imap', phase: 'authenticate', line })?.items[0]).not.toBe('X8');
  });
});

describe('a refusal of a login with a password', () => {
  it('is told at the login and in whole words alone', () => {
    const item = (phase: 'authenticate' | 'open-mailbox', line: string) =>
      mailAnswer({ protocol: 'pop3', phase, line })?.items[0] ?? null;
    expect(item('authenticate', '-ERR Logon failure: unknown user name or bad password.')).toBe('C1');
    expect(item('open-mailbox', '-ERR Logon failure: the store is locked')).not.toBe('C1');
    expect(item('authenticate', '-ERR Logon failure: the store is locked')).not.toBe('C1');
  });
});
