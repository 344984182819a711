import { beforeEach, describe, expect, it } from 'vitest';
import { aheadMs, choose, type Claim } from './lendable.ts';
import { next, type OrderLife } from './order.ts';
import type { Use } from './budget.ts';

/** An order, as far as it is told here. */
type Row = Claim & OrderLife & { id: string };

interface Changes {
  siteId?: string;
  agentId?: string;
  userName?: string | null;
  uses?: Map<string, Use>;
  lastsMs?: number;
  giveUpAt?: number;
  waitsForPerson?: boolean;
}

/** The rows of a table, with what is done with them when somebody looks at the clock. */
class Book {
  rows: Row[] = [];
  /** Agents that are not connected. */
  readonly away = new Set<string>();

  ask(row: Row): void {
    this.rows.push(row);
  }

  settle(now: number) {
    const isThere = ({ agentId }: Row): boolean => !this.away.has(agentId);
    const before = this.rows;
    this.rows = before.map((row) => next(row, { event: 'tick', connected: isThere(row) }, now));
    const over = (reason: string) => this.rows.filter((row, i) => row !== before[i] && row.reason === reason);
    const [expired, gaveUp] = [over('expired'), [...over('gave-up'), ...over('unsent')]];
    const { lendable, nextAt } = choose(this.rows, isThere, now);
    this.rows = this.rows.map((row) =>
      lendable.includes(row) ? next(row, { event: 'lend', session: row.agentId }, now) : row,
    );
    const given = this.rows.filter(({ id }) => lendable.some((one) => one.id === id));
    return { given, expired, gaveUp, nextAt };
  }

  nextAt(now: number): number | null {
    return choose(this.rows, () => true, now).nextAt;
  }

  end(id: string, now = 0): void {
    this.rows = this.rows.map((row) =>
      row.id === id ? next(row, { event: 'end', reason: 'not-made' }, now) : row,
    );
  }

  aheadMs(siteId: string, userNames: ReadonlySet<string>, agentIds: ReadonlySet<string>): number {
    const open = this.rows.filter((row) => row.siteId === siteId && row.endedAt === null);
    return aheadMs(open, userNames, agentIds);
  }
}

let book: Book;
beforeEach(() => {
  book = new Book();
});

const claim = (id: string, userName: string | null, mailboxes: string[], changes: Changes = {}): Row => ({
  id,
  siteId: 'site',
  userName,
  agentId: `agent of ${id}`,
  lastsMs: 1_000,
  giveUpAt: 100_000,
  waitsForPerson: false,
  repeatable: true,
  state: 'waiting',
  reason: null,
  lentAt: [],
  lentUntil: null,
  session: null,
  open: [0],
  endedAt: null,
  ...changes,
  uses: Object.fromEntries(
    changes.uses ?? new Map(mailboxes.map((mailbox) => [mailbox, { logins: 1, mails: 0 }])),
  ),
});
const ids = (claims: readonly { id: string }[]) => claims.map(({ id }) => id);
const given = (now: number) => ids(book.settle(now).given);

describe('the choice of what may be given', () => {
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
    expect([ids(settled.expired), ids(settled.given)]).toEqual([['1'], ['2']]);
  });

  it('gives up a claim that has waited for too long', () => {
    book.ask(claim('1', 'sales', ['sales'], { lastsMs: 50_000 }));
    book.ask(claim('2', 'sales', ['sales'], { giveUpAt: 5_000 }));
    book.settle(0);
    expect(book.nextAt(0)).toBe(5_000);
    expect(ids(book.settle(5_000).gaveUp)).toEqual(['2']);
    book.end('1');
    expect(book.nextAt(6_000)).toBeNull();
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

  it('gives an agent one lease at a time, whose clock begins when its turn has come', () => {
    const svc01 = { agentId: 'svc01' };
    for (const user of ['1', '2', '3']) book.ask(claim(user, user, [user], svc01));
    expect(given(0)).toEqual(['1']);
    expect(given(900)).toEqual([]);
    book.end('1');
    expect(book.settle(900).given).toMatchObject([{ id: '2', lentUntil: 1_900 }]);
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

  it('passes over an agent that is away, for whom nobody else waits, until it is back', () => {
    book.away.add('agent of 1');
    book.ask(claim('1', 'sales', ['sales']));
    book.ask(claim('2', 'sales', ['sales']));
    expect(given(0)).toEqual(['2']);
    book.away.clear();
    expect(given(1)).toEqual([]);
    book.end('2');
    expect(given(2)).toEqual(['1']);
  });

  it('gives up what an agent was asked that never came', () => {
    book.away.add('agent of 1');
    book.ask(claim('1', 'sales', ['sales'], { giveUpAt: 5_000 }));
    expect(book.settle(4_999).nextAt).toBe(5_000);
    expect(ids(book.settle(5_000).gaveUp)).toEqual(['1']);
  });

  it('gives what needs no credential at once, to whoever is at work', () => {
    const svc01 = { agentId: 'svc01' };
    book.ask(claim('1', 'sales', ['sales'], svc01));
    book.ask(claim('2', null, [], svc01));
    book.ask(claim('3', null, [], svc01));
    book.ask(claim('4', 'support', ['support'], svc01));
    expect(given(0)).toEqual(['1', '2', '3']);
    expect(book.aheadMs('site', new Set(), new Set(['svc01']))).toBe(2_000);
  });
});
