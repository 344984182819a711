import { describe, expect, it } from 'vitest';
import type { CheckResult } from '@mailpath/protocol';
import { diagnoseSite } from './diagnose-site.ts';
import { type RuleContext, siteView } from './look.ts';
import type { Rule } from './rule.ts';
import { smtpRefusedAlone } from './rules/smtp-refused-alone.rule.ts';
import { pop3RefusedAlone } from './rules/pop3-refused-alone.rule.ts';
import { tokenOtherUser } from './rules/token-other-user.rule.ts';
import { tokenRefreshHere } from './rules/token-refresh-here.rule.ts';
import { tokenScope } from './rules/token-scope.rule.ts';
import { KNOWN_ANSWERS } from './sign-in/known-answers.ts';
import { failing, skippedResult } from './testing/faults.ts';
import { claimsOf, signedIn, SITE } from './testing/healthy.ts';
import { answer, login } from './testing/sign-in-steps.ts';

/**
 * Counts how often results and mailboxes are looked at: what is linear looks as often at each of many as at each of
 * few.
 */
class Counter {
  looks = 0;

  /** The same with a property of which every look counts. */
  watch<Of extends object, Key extends keyof Of>(of: Of, key: Key): Of {
    const value = of[key];
    const count = (): void => void (this.looks += 1);
    return Object.defineProperty({ ...of }, key, {
      enumerable: true,
      get() {
        count();
        return value;
      },
    });
  }
}

type Site = (mailbox: string) => CheckResult[];

/** Two servers that see the same of so many mailboxes, each with its own user or all with a shared one. */
function siteOf(results: Site, mailboxes: number, shared = false) {
  const counter = new Counter();
  const addresses = Array.from({ length: mailboxes }, (_, index) => `m${index}@example.com`);
  const servers = ['svc01', 'svc02'].map((name) => ({
    name,
    roles: ['services' as const],
    results: addresses
      .flatMap(results)
      .map((each, index) => counter.watch({ ...each, id: `${name}-${index}` }, 'target')),
  }));
  const site = {
    ...SITE,
    mailboxes: addresses.map((address) =>
      counter.watch({ address, user: shared ? 'shared@example.com' : address }, 'address'),
    ),
  };
  return { counter, site, servers };
}

function looksOfRule(rule: Rule, results: Site, mailboxes: number, shared: boolean): number {
  const { counter, site, servers } = siteOf(results, mailboxes, shared);
  const view = siteView(site, servers, KNOWN_ANSWERS);
  counter.looks = 0;
  for (const server of view.servers) {
    const unexplained = server.results.filter(({ outcome }) => outcome === 'fail');
    const context: RuleContext = { server, site: view, unexplained };
    rule.find(context);
  }
  return counter.looks / mailboxes;
}

function looksOfAll(results: Site, mailboxes: number): number {
  const { counter, ...round } = siteOf(results, mailboxes);
  diagnoseSite(round);
  return counter.looks / mailboxes;
}

const denied = (check: 'imap.mailbox' | 'smtp.login' | 'pop3.mailbox', mailbox: string): CheckResult =>
  failing(
    signedIn(check, {}, mailbox),
    'authenticate',
    'denied',
    login('-ERR Authentication failure: unknown user name or bad password.'),
  );
const token = (mailbox: string, changes: Parameters<typeof claimsOf>[0]): CheckResult =>
  signedIn('token.refresh', { evidence: { claims: claimsOf({ user: mailbox, ...changes }) } }, mailbox);

const SITES: readonly (readonly [Rule, Site])[] = [
  [tokenScope, (mailbox) => [token(mailbox, { scp: 'SMTP.Send' }), denied('imap.mailbox', mailbox)]],
  [
    tokenOtherUser,
    (mailbox) => [token(mailbox, { user: 'admin@example.com' }), denied('imap.mailbox', mailbox)],
  ],
  [smtpRefusedAlone, (mailbox) => [signedIn('imap.mailbox', {}, mailbox), denied('smtp.login', mailbox)]],
  [pop3RefusedAlone, (mailbox) => [signedIn('smtp.login', {}, mailbox), denied('pop3.mailbox', mailbox)]],
  [
    tokenRefreshHere,
    (mailbox) => [
      signedIn('token.redeem', {}, mailbox),
      failing(signedIn('token.refresh', {}, mailbox), 'token', 'denied', answer(70000)),
    ],
  ],
];

describe.each(SITES.map(([rule, site]) => ({ id: rule.id, rule, site })))('$id', ({ rule, site }) => {
  it.each([
    ['of its own user', false],
    ['of one shared user', true],
  ])('looks at each of 1,000 mailboxes %s as often as at each of 10', (_, shared) => {
    const few = looksOfRule(rule, site, 10, shared);
    expect(few).toBeGreaterThan(0);
    expect(looksOfRule(rule, site, 1_000, shared)).toBeLessThanOrEqual(few * 1.5);
  });
});

describe('the whole diagnosis', () => {
  it.each<[string, Site]>([
    ['all is well', (mailbox) => [token(mailbox, {}), signedIn('imap.mailbox', {}, mailbox)]],
    [
      'a permission is missing',
      (mailbox) => [token(mailbox, { scp: 'SMTP.Send' }), denied('imap.mailbox', mailbox)],
    ],
    [
      'each token is of another user',
      (mailbox) => [token(mailbox, { user: 'admin@example.com' }), denied('imap.mailbox', mailbox)],
    ],
    [
      'every mailbox is refused',
      (mailbox) => [token(mailbox, {}), denied('imap.mailbox', mailbox), signedIn('smtp.login', {}, mailbox)],
    ],
    [
      'no token is given',
      (mailbox) => [
        failing(signedIn('token.refresh', {}, mailbox), 'token', 'denied', answer(70000)),
        skippedResult(signedIn('imap.mailbox', {}, mailbox)),
      ],
    ],
  ])('looks at each of 300 mailboxes as often as at each of 30 where %s', (_, results) => {
    const few = looksOfAll(results, 30);
    expect(few).toBeGreaterThan(0);
    expect(looksOfAll(results, 300)).toBeLessThanOrEqual(few * 1.5);
  });
});
