import { describe, expect, it } from 'vitest';
import type { CheckResult, Finding, Phase } from '@mailpath/protocol';
import { diagnoseSite } from './diagnose-site.ts';
import type { ServerResults } from './look.ts';
import { failing } from './testing/faults.ts';
import { svc } from './testing/fixtures.ts';
import { claimsOf, signedIn, SITE, type SignInCheck } from './testing/healthy.ts';
import { also, answer } from './testing/sign-in-steps.ts';

const ORDERS = 'orders@example.com';
const SITE_OF_TWO = {
  ...SITE,
  mailboxes: [...(SITE.mailboxes ?? []), { address: ORDERS, user: ORDERS }],
};
const diagnose = (servers: readonly ServerResults[]): Finding[] =>
  diagnoseSite({ site: SITE_OF_TWO, servers });

/** Two mailboxes on one server, of which those whose evidence is given are refused so. */
function refused(
  check: SignInCheck,
  phase: Phase,
  [sales, orders]: readonly [object | null, object | null],
  name = 'svc01',
): ServerResults {
  const put = (result: CheckResult, evidence: object | null) =>
    evidence === null ? result : failing(result, phase, 'denied', evidence);
  const own = check === 'token.refresh' ? { evidence: { claims: claimsOf({ user: ORDERS }) } } : {};
  const opens = check === 'smtp.login' ? [signedIn('imap.mailbox', {}, ORDERS)] : [];
  const both = also(svc(name), signedIn(check, own, ORDERS), ...opens);
  return {
    ...both,
    results: both.results.map((result) => {
      if (result.check !== check) return result;
      return put(result, result.target.mailbox === ORDERS ? orders : sales);
    }),
  };
}
const login = (reply: string) => ({ login: { user: 'x', credential: 'y', reply } });
const mailbox = (reply: string) => ({ mailbox: { reply } });

/** Step by step, the same refusal with what differs from one attempt to the next. */
const SAME: readonly (readonly [SignInCheck, Phase, object, object])[] = [
  [
    'imap.mailbox',
    'authenticate',
    login('3 NO [AUTHORIZATIONFAILED] No.'),
    login('12 NO [AUTHORIZATIONFAILED] No.'),
  ],
  ['imap.mailbox', 'authenticate', login('1 NO Words of tomorrow.'), login('2 NO Words of tomorrow.')],
  ['imap.mailbox', 'open-mailbox', mailbox('4 NO [NOPERM] No.'), mailbox('5 NO [NOPERM] No.')],
  [
    'smtp.login',
    'authenticate',
    login('535 5.7.139 Nein, sales@example.com. [AM0PR01 2026-11-28T02:25:39.221Z 3EF7]'),
    login('535 5.7.139 Nein, orders@example.com. [AM0PR02 2026-11-28T02:26:39.221Z 4AC7]'),
  ],
  ['token.refresh', 'token', answer(50_034), answer(50_034)],
  ['token.refresh', 'token', answer(9_123_456), answer(9_123_456)],
];

describe('a refusal that every mailbox meets', () => {
  it.each(SAME)('is one finding: %s, %s, %j', (check, phase, one, other) => {
    const findings = diagnose([refused(check, phase, [one, other])]);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.key).toMatch(/ every mailbox$/);
    expect(JSON.stringify(findings[0]?.scope.checks)).toContain(ORDERS);
    expect(findings[0]?.scope.mailbox).toBeUndefined();
  });

  it.each(SAME)(
    'is one finding of all servers, whichever mailboxes they look at: %s, %s',
    (check, phase, one, other) => {
      const alone = refused(check, phase, [one, null], 'svc02');
      const first = { ...alone, results: alone.results.filter(({ target }) => target.mailbox !== ORDERS) };
      const servers = [first, refused(check, phase, [one, other])];
      const findings = diagnose(servers);
      expect(findings.map(({ scope }) => scope.servers)).toEqual([['svc01', 'svc02']]);
      expect(diagnose(servers.toReversed())).toEqual(findings);
    },
  );

  it.each(SAME)('is of its mailbox alone where another one gets through: %s, %s', (check, phase, one) => {
    const [finding, ...more] = diagnose([refused(check, phase, [one, null])]);
    expect(more).toEqual([]);
    expect(finding?.key).not.toMatch(/ every mailbox$/);
  });

  it('is one for each of those who meet it where a third mailbox of the server gets through', () => {
    const third = signedIn('imap.mailbox', {}, 'info@example.com');
    const two = refused('imap.mailbox', 'open-mailbox', [
      mailbox('4 NO [NOPERM] No.'),
      mailbox('5 NO [NOPERM] No.'),
    ]);
    expect(diagnose([two])).toHaveLength(1);
    expect(diagnose([also(two, third)]).map(({ key }) => key)).toEqual([
      'mailbox.refused orders@example.com',
      'mailbox.refused sales@example.com',
    ]);
    // What gets through on another server bears no witness for this one.
    expect(diagnose([two, also(svc('svc02'), third)])).toHaveLength(1);
  });

  it('is two where they are told different things', () => {
    const keys = diagnose([
      refused('imap.mailbox', 'open-mailbox', [
        mailbox('4 NO [NOPERM] No.'),
        mailbox('4 NO [OVERQUOTA] No.'),
      ]),
    ]).map(({ key }) => key);
    expect(keys).toHaveLength(2);
  });
});
