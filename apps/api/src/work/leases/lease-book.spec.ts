import { beforeEach, describe, expect, it } from 'vitest';
import { type Claim, LeaseBook } from './lease-book.ts';

let book: LeaseBook<Claim>;
beforeEach(() => {
  book = new LeaseBook();
});

const claim = (id: string, userName: string, mailboxes: string[], changes: Partial<Claim> = {}): Claim => ({
  id,
  kind: 'asked',
  siteId: 'site',
  userName,
  agentId: `agent of ${id}`,
  uses: new Map(mailboxes.map((mailbox) => [mailbox, { logins: 1, mails: 0 }])),
  lastsMs: 1_000,
  giveUpAt: 100_000,
  ...changes,
});
const ids = (claims: readonly { id: string }[]) => claims.map(({ id }) => id);
const given = (now: number) => ids(book.settle(now).given.map((one) => one.claim));

describe('the book of leases', () => {
  it('gives one lease a user, in the order in which they were asked for', () => {
    book.ask(claim('1', 'sales', ['sales']));
    book.ask(claim('2', 'sales', ['sales']));
    book.ask(claim('3', 'sales', ['sales']));
    expect(given(0)).toEqual(['1']);
    expect(given(1)).toEqual([]);
    book.end('1');
    expect(given(2)).toEqual(['2']);
    book.end('2');
    expect(given(3)).toEqual(['3']);
  });

  it('gives one lease a mailbox, whoever opens it', () => {
    book.ask(claim('1', 'own', ['sales']));
    book.ask(claim('2', 'shared', ['support', 'sales']));
    expect(given(0)).toEqual(['1']);
    book.end('1');
    expect(given(1)).toEqual(['2']);
  });

  it('serves different users side by side, and the same names of another site', () => {
    book.ask(claim('1', 'sales', ['sales']));
    book.ask(claim('2', 'support', ['support']));
    book.ask(claim('3', 'sales', ['sales'], { siteId: 'other' }));
    expect(given(0)).toEqual(['1', '2', '3']);
  });

  it('lets nobody pass who came later to a mailbox that somebody waits for', () => {
    book.ask(claim('1', 'a', ['x']));
    book.ask(claim('2', 'b', ['x', 'y']));
    book.ask(claim('3', 'c', ['y']));
    expect(given(0)).toEqual(['1']);
    book.end('1');
    expect(given(1)).toEqual(['2']);
    book.end('2');
    expect(given(2)).toEqual(['3']);
  });

  it('ends a lease by itself when its time is over, and tells whose it was', () => {
    book.ask(claim('1', 'sales', ['sales']));
    book.ask(claim('2', 'sales', ['sales']));
    book.settle(0);
    expect(book.nextAt(0)).toBe(1_000);
    expect(ids(book.settle(999).expired)).toEqual([]);
    const settled = book.settle(1_000);
    expect([ids(settled.expired), ids(settled.given.map((one) => one.claim))]).toEqual([['1'], ['2']]);
  });

  it('ends the leases of an agent that has left, and of no other', () => {
    book.ask(claim('1', 'sales', ['sales'], { agentId: 'one' }));
    book.ask(claim('2', 'support', ['support'], { agentId: 'two' }));
    book.settle(0);
    expect(ids(book.endAllOf('one'))).toEqual(['1']);
    expect([book.heldBy('one', '1', 1), book.heldBy('two', '2', 1)?.id]).toEqual([null, '2']);
  });

  it('knows who holds a lease: not another agent, not before, not after', () => {
    book.ask(claim('1', 'sales', ['sales'], { agentId: 'one' }));
    expect(book.heldBy('one', '1', 0)).toBeNull();
    book.settle(0);
    expect(book.heldBy('one', '1', 1)?.id).toBe('1');
    expect(book.heldBy('two', '1', 1)).toBeNull();
    expect(book.heldBy('one', '1', 1_000)).toBeNull();
    expect([book.end('1'), book.end('1')]).toEqual([true, false]);
    expect(book.heldBy('one', '1', 1)).toBeNull();
  });

  it('gives up a claim that has waited for too long', () => {
    book.ask(claim('1', 'sales', ['sales'], { lastsMs: 50_000 }));
    book.ask(claim('2', 'sales', ['sales'], { giveUpAt: 5_000 }));
    book.settle(0);
    expect(book.nextAt(0)).toBe(5_000);
    expect(ids(book.settle(5_000).gaveUp)).toEqual(['2']);
    expect(book.isBusy('site')).toBe(true);
    book.end('1');
    expect([book.isBusy('site'), book.nextAt(6_000)]).toEqual([false, null]);
  });

  it('is not busy with a mailbox while a person signs in', () => {
    book.ask(claim('1', 'sales', []));
    book.settle(0);
    expect(book.isBusy('site')).toBe(false);
    book.ask(claim('2', 'sales', ['sales']));
    expect([book.isBusy('site'), book.isBusy('other')]).toEqual([true, false]);
  });

  it('says how long those ahead may take', () => {
    book.ask(claim('1', 'sales', ['sales']));
    book.ask(claim('2', 'sales', ['sales'], { lastsMs: 500 }));
    book.ask(claim('3', 'support', ['support']));
    book.settle(0);
    const nobody = new Set<string>();
    expect(book.aheadMs('site', new Set(['sales', 'other']), nobody)).toBe(1_500);
    expect(book.aheadMs('site', new Set(['sales']), new Set(['agent of 3']))).toBe(2_500);
    expect(book.aheadMs('other', new Set(['sales']), nobody)).toBe(0);
  });

  it('lets one claim of a kind wait for a user and an agent, however often it is asked for', () => {
    const svc01 = { agentId: 'svc01' };
    expect(book.ask(claim('1', 'sales', ['sales'], svc01))).toBe(true);
    expect(given(0)).toEqual(['1']);
    const asked = Array.from({ length: 600 }, (_, i) =>
      book.ask(claim(`${i + 2}`, 'sales', ['sales'], svc01)),
    );
    expect(asked.filter(Boolean)).toHaveLength(1);
    const others = [{ agentId: 'app01' }, { ...svc01, kind: 'mailboxes' }, { ...svc01, siteId: 'other' }];
    expect(others.map((changes, i) => book.ask(claim(`other ${i}`, 'sales', ['sales'], changes)))).toEqual([
      true,
      true,
      true,
    ]);
    expect(book.aheadMs('site', new Set(['sales']), new Set())).toBe(4_000);
    book.end('1');
    expect(given(1)).toEqual(['2']);
    expect(book.ask(claim('later', 'sales', ['sales'], svc01))).toBe(true);
  });

  it('gives an agent one lease at a time, whose clock begins when its turn has come', () => {
    const svc01 = { agentId: 'svc01' };
    for (const user of ['1', '2', '3']) book.ask(claim(user, user, [user], svc01));
    expect(given(0)).toEqual(['1']);
    expect(given(900)).toEqual([]);
    book.end('1');
    expect(book.settle(900).given).toMatchObject([{ claim: { id: '2' }, expiresAt: 1_900 }]);
    expect(given(1_900)).toEqual(['3']);
  });

  it('lets an agent work while a person takes time', () => {
    const svc01 = { agentId: 'svc01' };
    book.ask(claim('1', 'a', [], { ...svc01, waitsForPerson: true }));
    book.ask(claim('2', 'b', ['b'], svc01));
    book.ask(claim('3', 'c', [], { ...svc01, waitsForPerson: true }));
    expect(given(0)).toEqual(['1', '2', '3']);
    expect(book.aheadMs('site', new Set(), new Set(['svc01']))).toBe(1_000);
  });

  it('waits until the budget of the mailbox has room, and says when that is', () => {
    const most = new Map([['sales', { logins: 14, mails: 0 }]]);
    book.ask(claim('1', 'sales', [], { uses: most }));
    book.ask(claim('2', 'sales', [], { uses: most }));
    expect(given(0)).toEqual(['1']);
    book.end('1');
    expect(given(1)).toEqual([]);
    expect(book.nextAt(1)).toBe(60_000);
    expect(given(59_999)).toEqual([]);
    expect(given(60_000)).toEqual(['2']);
  });
});
