import type { CheckResult, FailureCode, Phase } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { type Cause, causesOn, stopsAtOnce, whyNotTried } from './causes.ts';
import type { ServerResults } from './look.ts';
import type { Clue } from './rule.ts';
import type { RuleId } from './rules.ts';
import { causeOn, viewOf } from './testing/causes.ts';
import { changed, failing, FAULTS, skippedResult } from './testing/faults.ts';
import { svc } from './testing/fixtures.ts';
import { SALES, signedIn, wellAt } from './testing/healthy.ts';

const OTHER = 'orders@example.com';
const is = (check: string) => (result: CheckResult) => result.check === check;

/** A cause that these results show. */
function cause(results: readonly CheckResult[], clue: Partial<Clue> = {}, id: RuleId = 'tls.cut'): Cause {
  const site = viewOf([{ name: 'svc01', roles: ['services'], results }]);
  return causeOn(site, 'svc01', id, () => true, clue);
}
const follows = (from: CheckResult, result: CheckResult, clue: Partial<Clue> = {}, id?: RuleId) =>
  stopsAtOnce(cause([from], clue, id), result);

const imap = (phase: Phase, code: FailureCode) => failing(wellAt('imap'), phase, code);
const mailbox = (phase: Phase, code: FailureCode) => failing(signedIn('imap.mailbox'), phase, code);
const login = (phase: Phase, code: FailureCode) => failing(wellAt('login'), phase, code);
const token = (code: FailureCode) => failing(signedIn('token.refresh'), 'token', code);
const trip = (phase: Phase, code: FailureCode, address = SALES) =>
  failing(signedIn('mail.round-trip', {}, address), phase, code);

describe('what follows at once from a cause', () => {
  it.each<Phase>(['resolve', 'connect', 'proxy', 'tls', 'greet', 'starttls', 'http'])(
    'is what breaks on the path to the same endpoint: %s',
    (phase) => {
      expect(follows(imap('connect', 'timeout'), mailbox(phase, 'unexpected-reply'))).toBe(true);
      expect(follows(imap(phase, 'unexpected-reply'), mailbox('connect', 'timeout'))).toBe(true);
    },
  );

  it.each<Phase>(['authenticate', 'open-mailbox', 'token', 'send'])(
    'is not what breaks after the path: %s',
    (phase) => {
      expect(follows(imap('connect', 'timeout'), mailbox(phase, 'unexpected-reply'))).toBe(false);
      expect(follows(mailbox(phase, 'denied'), imap('connect', 'timeout'))).toBe(false);
    },
  );

  it('is not what breaks at another endpoint, nor what did not fail', () => {
    expect(follows(imap('connect', 'timeout'), failing(wellAt('pop3'), 'connect', 'timeout'))).toBe(false);
    expect(follows(imap('connect', 'timeout'), { ...mailbox('connect', 'timeout'), outcome: 'warn' })).toBe(
      false,
    );
    expect(follows(imap('connect', 'timeout'), { ...imap('connect', 'timeout'), failure: null })).toBe(false);
  });

  it('is nothing where a rule only compares', () => {
    expect(follows(imap('connect', 'timeout'), mailbox('connect', 'timeout'), {}, 'path.latency')).toBe(
      false,
    );
    const whole = { affectsWholeServer: true };
    expect(follows(imap('connect', 'timeout'), imap('connect', 'reset'), whole, 'path.latency')).toBe(false);
  });

  it.each<[from: CheckResult, code: FailureCode, expected: boolean]>([
    [login('http', 'timeout'), 'reset', true],
    [login('tls', 'reset'), 'timeout', true],
    [login('http', 'unexpected-reply'), 'unexpected-reply', true],
    [login('http', 'unexpected-reply'), 'denied', false],
    [login('tls', 'unexpected-reply'), 'unexpected-reply', false],
    [imap('connect', 'timeout'), 'timeout', false],
  ])('is a token request, if the same breaks it (%#)', (from, code, expected) => {
    expect(follows(from, token(code))).toBe(expected);
  });

  it('is a token request that one of several is answered alike', () => {
    const several = cause([login('http', 'timeout'), login('http', 'unexpected-reply')]);
    expect(stopsAtOnce(several, token('unexpected-reply'))).toBe(true);
  });

  it.each<[FailureCode, boolean]>([
    ['not-found', true],
    ['resolver-failed', true],
    ['refused', true],
    ['unreachable', true],
    ['reset', true],
    ['closed', true],
    ['timeout', true],
    ['untrusted', true],
    ['tls-failed', true],
    ['unexpected-reply', false],
    ['denied', false],
    ['unavailable', false],
  ])('of one that affects the whole server, is all that the network does: %s', (code, expected) => {
    const elsewhere = failing(wellAt('pop3'), 'authenticate', code);
    const whole = { affectsWholeServer: true };
    expect(follows(imap('connect', 'timeout'), elsewhere, whole)).toBe(expected);
    // Without a resolver, what is reached by its address can fail for a reason of its own.
    expect(follows(imap('resolve', 'resolver-failed'), elsewhere, whole)).toBe(false);
    const mixed = cause([imap('resolve', 'timeout'), wellAt('smtp')], whole);
    expect(stopsAtOnce(mixed, elsewhere)).toBe(expected);
  });

  it.each<[string, CheckResult, CheckResult, boolean]>([
    ['a refused login of the mailbox', mailbox('authenticate', 'denied'), trip('receive', 'denied'), true],
    ['one of another mailbox', mailbox('authenticate', 'denied'), trip('receive', 'denied', OTHER), false],
    [
      'a path that is closed to anybody',
      mailbox('connect', 'timeout'),
      trip('receive', 'denied', OTHER),
      true,
    ],
    [
      'a path that is closed, and no message in time',
      imap('greet', 'timeout'),
      trip('receive', 'timeout'),
      true,
    ],
    [
      'a refused login, and no message in time',
      mailbox('authenticate', 'denied'),
      trip('receive', 'timeout'),
      false,
    ],
    ['the other protocol', failing(wellAt('pop3'), 'connect', 'refused'), trip('receive', 'refused'), false],
    [
      'what did not fail',
      { ...imap('connect', 'timeout'), outcome: 'warn' },
      trip('receive', 'refused'),
      false,
    ],
    ['a message that could not be sent', imap('connect', 'timeout'), trip('send', 'refused'), false],
  ])('for a round trip that cannot read: %s', (_name, from, result, expected) => {
    expect(follows(from, result)).toBe(expected);
  });
});

describe('why a check was not tried', () => {
  const skipped = skippedResult(signedIn('imap.mailbox'));
  const why = (from: CheckResult, what = skipped, clue: Partial<Clue> = {}, id: RuleId = 'token.denied') =>
    whyNotTried([cause([from], clue, id)])(what) !== undefined;

  it('is what stopped the token of its mailbox, or of nobody in particular', () => {
    expect(why(token('denied'))).toBe(true);
    expect(why({ ...token('denied'), outcome: 'throttled' })).toBe(true);
    expect(why(failing(signedIn('token.refresh', {}, OTHER), 'token', 'denied'))).toBe(false);
    const { mailbox: _, ...target } = token('denied').target;
    expect(why({ ...token('denied'), target })).toBe(true);
  });

  it('is not what came through, what was not tried itself, or what signs in to nothing', () => {
    expect(why(signedIn('token.refresh'))).toBe(false);
    expect(why({ ...signedIn('token.refresh'), outcome: 'warn' })).toBe(false);
    expect(why(skippedResult(signedIn('token.refresh')))).toBe(false);
    expect(why({ ...imap('connect', 'timeout'), target: skipped.target })).toBe(false);
    expect(why(token('denied'), skippedResult({ ...wellAt('imap'), target: skipped.target }))).toBe(false);
  });

  it('is a consequence of the cause as well', () => {
    expect(why(login('http', 'timeout'), skipped, { consequences: [token('timeout')] })).toBe(true);
  });

  it('is, for anything, what affects the whole server, and never a comparison', () => {
    const whole = { affectsWholeServer: true };
    expect(why(imap('connect', 'timeout'), skippedResult(wellAt('pop3')), whole)).toBe(true);
    expect(why(imap('connect', 'timeout'), skippedResult(wellAt('pop3')), whole, 'path.latency')).toBe(false);
    expect(why(token('denied'), skipped, {}, 'path.latency')).toBe(false);
  });
});

describe('the causes on a server', () => {
  const told = (server: ServerResults) => {
    const site = viewOf([server]);
    return site.servers.flatMap((each) =>
      causesOn(each, site).map(({ rule, clue, consequences, elsewhere }) => [
        rule.id,
        clue.results.map(({ check }) => check),
        consequences.map(({ check }) => check),
        elsewhere,
      ]),
    );
  };
  const broken = (server: ServerResults, check: string, phase: Phase, code: FailureCode) =>
    changed(server, is(check), (each) => failing(each, phase, code));

  it('are none where nothing is wrong', () => {
    expect(told(svc())).toEqual([]);
  });

  it('take what follows with them, so that no later rule explains it again', () => {
    const server = broken(broken(svc(), 'imap.tls', 'greet', 'timeout'), 'imap.mailbox', 'tls', 'reset');
    expect(told(server)).toEqual([['tls.cut', ['imap.mailbox'], ['imap.tls'], []]]);
  });

  it('take what was not tried, each by the first that explains it', () => {
    const offline = FAULTS['server.offline network']?.(svc()) ?? svc();
    const [[rule, , consequences] = []] = told(offline);
    expect([rule, consequences]).toEqual(['server.offline', ['imap.mailbox', 'smtp.login']]);
    const refused = changed(
      broken(svc(), 'token.refresh', 'token', 'denied'),
      is('smtp.login'),
      skippedResult,
    );
    expect(told(broken(refused, 'pop3.tls', 'connect', 'refused'))).toEqual([
      ['connect.refused', ['pop3.tls'], [], []],
      ['token.denied', ['token.refresh'], ['smtp.login'], []],
    ]);
  });
});
