import { describe, expect, it } from 'vitest';
import { next, type OrderEvent, type OrderLife } from './order.ts';

const NOW = 10_000;
const order = (changes: Partial<OrderLife> = {}): OrderLife => ({
  state: 'waiting',
  reason: null,
  repeatable: true,
  lastsMs: 5_000,
  giveUpAt: 60_000,
  lentUntil: null,
  lentAt: [],
  session: null,
  open: [0, 1],
  endedAt: null,
  ...changes,
});

const WAITING = order();
/** Given once, and in the queue again since its agent left. */
const AGAIN = order({ lentAt: [1_000] });
const LENT = order({ state: 'lent', lentAt: [8_000], lentUntil: 13_000, session: 'one' });
/** With a code that is good once. */
const ONCE = order({ ...LENT, repeatable: false });
const ANSWERED = order({ state: 'answered', lentAt: [8_000], open: [], endedAt: 9_000 });
const ENDED = order({ state: 'ended', reason: 'expired', lentAt: [1_000], endedAt: 9_000 });

const STATES = { WAITING, AGAIN, LENT, ONCE, ANSWERED, ENDED };
type Name = keyof typeof STATES;

const lend: OrderEvent = { event: 'lend', session: 'two' };
const there: OrderEvent = { event: 'tick', connected: true };
const away: OrderEvent = { event: 'tick', connected: false };
const left = { event: 'left', waits: false } satisfies OrderEvent;
const leftWhileAnotherWaits = { event: 'left', waits: true } satisfies OrderEvent;
const first: OrderEvent = { event: 'result', task: 0 };
const second: OrderEvent = { event: 'result', task: 1 };
const unknown: OrderEvent = { event: 'result', task: 7 };
const notMade = { event: 'end', reason: 'not-made' } satisfies OrderEvent;
const withdrawn = { event: 'end', reason: 'withdrawn' } satisfies OrderEvent;
const refused: OrderEvent = { event: 'end', reason: 'refused' };

const NOTHING = 'nothing';
const ended = (reason: OrderLife['reason'], now = NOW) => ({
  state: 'ended',
  reason,
  session: null,
  lentUntil: null,
  endedAt: now,
});
const back = { state: 'waiting', reason: null, session: null, lentUntil: null, endedAt: null };
const given = { state: 'lent', session: 'two', lentUntil: NOW + 5_000 };

/** Every state by every event; the moment is NOW where none is given. */
const TABLE: [OrderEvent, number, Record<Exclude<Name, 'ANSWERED' | 'ENDED'>, object | typeof NOTHING>][] = [
  [
    lend,
    NOW,
    {
      WAITING: { ...given, lentAt: [NOW] },
      AGAIN: { ...given, lentAt: [1_000, NOW] },
      LENT: NOTHING,
      ONCE: NOTHING,
    },
  ],
  [there, NOW, { WAITING: NOTHING, AGAIN: NOTHING, LENT: NOTHING, ONCE: NOTHING }],
  [away, NOW, { WAITING: NOTHING, AGAIN: NOTHING, LENT: NOTHING, ONCE: NOTHING }],
  [there, 12_999, { WAITING: NOTHING, AGAIN: NOTHING, LENT: NOTHING, ONCE: NOTHING }],
  [
    there,
    13_000,
    { WAITING: NOTHING, AGAIN: NOTHING, LENT: ended('expired', 13_000), ONCE: ended('expired', 13_000) },
  ],
  [
    there,
    60_000,
    {
      WAITING: ended('gave-up', 60_000),
      AGAIN: ended('gave-up', 60_000),
      LENT: ended('expired', 60_000),
      ONCE: ended('expired', 60_000),
    },
  ],
  [
    away,
    60_000,
    {
      WAITING: ended('unsent', 60_000),
      AGAIN: ended('agent-left', 60_000),
      LENT: ended('expired', 60_000),
      ONCE: ended('expired', 60_000),
    },
  ],
  [left, NOW, { WAITING: NOTHING, AGAIN: NOTHING, LENT: back, ONCE: ended('agent-left') }],
  [
    left,
    60_000,
    {
      WAITING: NOTHING,
      AGAIN: NOTHING,
      LENT: ended('agent-left', 60_000),
      ONCE: ended('agent-left', 60_000),
    },
  ],
  [
    leftWhileAnotherWaits,
    NOW,
    { WAITING: NOTHING, AGAIN: NOTHING, LENT: ended('waits-already'), ONCE: ended('waits-already') },
  ],
  [
    first,
    NOW,
    {
      WAITING: NOTHING,
      AGAIN: { state: 'waiting', open: [1] },
      LENT: { state: 'lent', open: [1], session: 'one' },
      ONCE: { state: 'lent', open: [1], session: 'one' },
    },
  ],
  [unknown, NOW, { WAITING: NOTHING, AGAIN: NOTHING, LENT: NOTHING, ONCE: NOTHING }],
  [
    notMade,
    NOW,
    {
      WAITING: ended('not-made'),
      AGAIN: ended('not-made'),
      LENT: ended('not-made'),
      ONCE: ended('not-made'),
    },
  ],
  [withdrawn, NOW, { WAITING: NOTHING, AGAIN: NOTHING, LENT: ended('withdrawn'), ONCE: ended('withdrawn') }],
  [refused, NOW, { WAITING: NOTHING, AGAIN: NOTHING, LENT: ended('refused'), ONCE: ended('refused') }],
];

const ROWS = TABLE.flatMap(([event, now, row]) =>
  (Object.keys(STATES) as Name[]).map((name) => {
    const after = name === 'ANSWERED' || name === 'ENDED' ? NOTHING : row[name];
    return [name, event, now, after] as const;
  }),
);

describe('an order', () => {
  it.each(ROWS)('%s after %j at %i', (name, event, now, after) => {
    const before = STATES[name];
    const found = next(before, event, now);
    expect(found).toEqual(after === NOTHING ? before : { ...before, ...(after as object) });
    // The very same object says that nothing is to be written down.
    expect(found === before).toBe(after === NOTHING);
  });

  it('is answered by the last of its results, whether it is held or waits to be given again', () => {
    for (const before of [AGAIN, LENT, ONCE]) {
      const found = next(next(before, second, NOW), first, NOW + 1);
      expect(found).toEqual({
        ...before,
        state: 'answered',
        open: [],
        session: null,
        lentUntil: null,
        endedAt: NOW + 1,
      });
    }
  });

  it('is nothing to what is said of an earlier giving, and heeds what is said of this one', () => {
    const twice = order({ ...LENT, lentAt: [8_000, 9_000], session: 'two' });
    for (const event of [left, leftWhileAnotherWaits, notMade, withdrawn]) {
      expect(next(twice, { ...event, giving: 1 }, NOW)).toBe(twice);
      expect(next(AGAIN, { ...event, giving: 1 }, NOW)).toBe(AGAIN);
      expect(next(twice, { ...event, giving: 2 }, NOW)).toEqual(next(twice, event, NOW));
    }
  });

  it('counts a result once', () => {
    const once = next(LENT, first, NOW);
    expect(next(once, first, NOW)).toBe(once);
  });
});
