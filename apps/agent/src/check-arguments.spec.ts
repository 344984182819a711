import { describe, expect, it } from 'vitest';
import { readCheckWords, type CheckWords } from './check-arguments.ts';

const plan = (words: Partial<CheckWords> = {}) =>
  readCheckWords({
    lang: 'en',
    cloud: 'worldwide',
    deadline: '10',
    inbound: 'undecided',
    json: false,
    ...words,
  });

describe('the words of check', () => {
  it('mean both roles, all targets, 10 s for the round and 10 s for a check, when there are none', () => {
    expect(plan()).toEqual({
      roles: ['services', 'application'],
      cloud: 'worldwide',
      overrides: {},
      pins: new Map(),
      only: null,
      roundDeadlineMs: 10_000,
      checkDeadlineMs: 10_000,
      inbound: 'undecided',
      json: false,
      verbose: false,
      language: 'en',
      output: null,
      report: null,
    });
  });

  it('never let a check last longer than the round', () => {
    expect(plan({ deadline: '2.5' })).toMatchObject({ roundDeadlineMs: 2_500, checkDeadlineMs: 2_500 });
    expect(plan({ deadline: '300' })).toMatchObject({ roundDeadlineMs: 300_000, checkDeadlineMs: 10_000 });
  });

  it('aim a target at a host and port, at a host alone, and at an IPv6 address', () => {
    expect(
      plan({ target: ['imap=mail.test:1993', 'pop3=127.0.0.2', 'smtp=[::1]:1587', 'login=[::1]'] }).overrides,
    ).toEqual({
      imap: { host: 'mail.test', port: 1993 },
      pop3: { host: '127.0.0.2', port: 995 },
      smtp: { host: '::1', port: 1587 },
      login: { host: '::1', port: 443 },
    });
  });

  it('name roles once each, whether repeated or with commas', () => {
    expect(plan({ role: ['services', 'services'] }).roles).toEqual(['services']);
    expect(plan({ role: ['application,services'] }).roles).toEqual(['application', 'services']);
  });

  it('pick targets and checks', () => {
    expect([...(plan({ only: 'imap, smtp.submission' }).only ?? [])]).toEqual(['imap', 'smtp.submission']);
  });

  it('take a proxy for the web checks, and refuse one that is none without repeating it', () => {
    const target = { host: 'login.test', port: 443 };
    expect(plan({ proxy: 'http://ann:secret@proxy.test:8080' }).proxyFor?.(target)?.host).toBe(
      'proxy.test:8080',
    );
    const message =
      '--proxy: write http://host:port or socks5://host:port, with user:password@ before the host if the proxy asks for it';
    expect(() => plan({ proxy: 'https://ann:secret@proxy.test' })).toThrow(
      expect.objectContaining({ name: 'CannotRun', message }) as Error,
    );
  });

  it.each<[Partial<CheckWords>, string]>([
    [{ role: ['mail'] }, '--role "mail": use one of services, application'],
    [{ cloud: 'mars' }, '--cloud "mars": use one of worldwide, gcc-high, dod, china'],
    [{ inbound: 'smtp' }, '--inbound "smtp": use one of imap, pop3, undecided'],
    [{ deadline: '0' }, '--deadline "0": write a number of seconds from 1 to 300'],
    [{ deadline: '301' }, '--deadline "301": write a number of seconds from 1 to 300'],
    [{ deadline: 'soon' }, '--deadline "soon": write a number of seconds from 1 to 300'],
    [{ deadline: '' }, '--deadline "": write a number of seconds from 1 to 300'],
    [{ target: ['imap'] }, '--target "imap": write name=host:port, such as imap=127.0.0.1:993'],
    [{ target: ['imap='] }, '--target "imap=": write name=host:port, such as imap=127.0.0.1:993'],
    [
      { target: ['mail=a:1'] },
      '--target "mail=a:1": no target "mail"; use one of login, login-alias, exchange, smtp, imap, pop3',
    ],
    [{ target: ['imap=a:0'] }, '--target "imap=a:0": a port is a whole number from 1 to 65535'],
    [{ target: ['imap=a:99999'] }, '--target "imap=a:99999": a port is a whole number from 1 to 65535'],
    [{ target: ['imap=a:*'] }, '--target "imap=a:*": a port is a whole number from 1 to 65535'],
    [{ target: ['imap=::1'] }, '--target "imap=::1": write an IPv6 address in brackets: [::1]:993'],
    [
      { target: ['imap=https://a'] },
      '--target "imap=https://a": write a host name or an IP address, then :port (no https://, no path)',
    ],
    [
      { target: ['imap=a b'] },
      '--target "imap=a b": write a host name or an IP address, then :port (no https://, no path)',
    ],
    [
      { resolve: ['outlook.office365.com'] },
      '--resolve "outlook.office365.com": write a host name, = and an IP address, such as outlook.office365.com=52.97.1.2',
    ],
    [{ target: ['imap=a:1', 'imap=b:2'] }, '--target "imap=b:2": imap is given twice; give it once'],
  ])('%j is refused in one line', (words, message) => {
    expect(() => plan(words)).toThrow(expect.objectContaining({ name: 'CannotRun', message }) as Error);
  });

  it('refuse a check that does not exist, and name those that do', () => {
    expect(() => plan({ only: 'imap,exchange.foo' })).toThrow(
      /^--only "exchange\.foo": use any of login, .*imap\.tls/,
    );
    // What these sign in with, only the API lends.
    for (const check of ['token.refresh', 'imap.mailbox', 'mail.round-trip'])
      expect(() => plan({ only: check })).toThrow(
        new RegExp(`^--only "${check}": use any of (?!.*${check})`),
      );
  });
});
