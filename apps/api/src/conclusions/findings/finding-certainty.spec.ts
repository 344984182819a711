import { describe, expect, it } from 'vitest';
import type { CheckResult, Finding } from '@mailpath/protocol';
import { changesOf, type KnownFinding } from './finding-life.ts';
import type { NewestResult } from './seen-result.ts';
import { applied, findingOf } from './testing/story.ts';

const look = (id: string, changes: Partial<CheckResult>, at = '03:00', stale = false): NewestResult => ({
  serverId: 'id of app01',
  stale,
  result: {
    id,
    check: 'smtp.login',
    target: { name: 'sales', host: 'smtp.office365.com', port: 587, mailbox: 'sales@example.com' },
    outcome: 'pass',
    startedAt: `2026-11-24T${at}:00.000Z`,
    durationMs: 1,
    phases: [],
    failure: null,
    reason: null,
    evidence: {},
    repeats: null,
    ...changes,
  },
});
const denied: Partial<CheckResult> = {
  outcome: 'fail',
  failure: { phase: 'authenticate', code: 'denied', message: '535 5.7.139' },
};
const answer = { meaning: { en: 'It is off.', ja: '' }, action: { en: 'Switch it on.', ja: '' } };
const finding = (check: string, params: object): Finding =>
  findingOf('A', ['app01'], {
    rule: 'smtp.auth-off',
    code: 'denied',
    params: { ...params },
    scope: { kind: 'server', servers: ['app01'], checks: [{ server: 'app01', check, target: 'sales' }] },
  });
const step = (known: readonly KnownFinding[], found: readonly Finding[], newest: readonly NewestResult[]) =>
  changesOf({
    known,
    found,
    newest,
    servers: new Map([['id of app01', 'app01']]),
    isAsked: () => true,
  });
const kinds = (changes: ReturnType<typeof step>) => changes.map(({ kind }) => kind);
const rows = (changes: ReturnType<typeof step>) =>
  changes.reduce<KnownFinding[]>((before, change) => applied(before, change), []);

describe('a refusal in known words', () => {
  it('is told at the first look, and over with the first that is not refused', () => {
    const opened = step([], [finding('smtp.login', { reply: '535', answer })], [look('r1', denied)]);
    expect(kinds(opened)).toEqual(['opened']);
    expect(kinds(step(rows(opened), [], [look('r2', {}, '03:10')]))).toEqual(['closed']);
    const other = { ...denied, failure: { phase: 'send' as const, code: 'denied' as const, message: '550' } };
    expect(kinds(step(rows(opened), [], [look('r2', other, '03:10')]))).toEqual(['closed']);
  });

  it('is looked at again where nobody knows its words', () => {
    const unknown = finding('smtp.login', { reply: '535', answer: null });
    expect(kinds(step([], [unknown], [look('r1', denied)]))).toEqual(['suspected']);
  });
});

describe('what rests on a first token, which nobody makes twice', () => {
  const redeemed = look('r1', { ...denied, check: 'token.redeem' }, '03:00', true);
  const opened = step([], [finding('token.redeem', { reply: 'no', answer })], [redeemed]);

  it('stays while nothing shows otherwise', () => {
    expect(kinds(step(rows(opened), [], [redeemed]))).toEqual([]);
    const before = look('r0', { check: 'token.refresh' }, '02:50');
    expect(kinds(step(rows(opened), [], [redeemed, before]))).toEqual([]);
    const old = look('r2', { check: 'token.refresh' }, '03:10', true);
    expect(kinds(step(rows(opened), [], [redeemed, old]))).toEqual([]);
  });

  it.each(['token.refresh', 'smtp.login', 'imap.mailbox'])(
    'is over once the mailbox is signed in to: %s',
    (check) => {
      expect(kinds(step(rows(opened), [], [redeemed, look('r2', { check }, '03:10')]))).toEqual(['closed']);
    },
  );
});
