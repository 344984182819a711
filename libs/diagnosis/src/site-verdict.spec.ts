import { describe, expect, it } from 'vitest';
import { type SiteSeen, verdictOf, type WeighedFinding } from './site-verdict.ts';

const at = (hour: number) => `2026-11-24T${String(hour).padStart(2, '0')}:00:00.000Z`;
const fresh = { observedAt: at(12), isFresh: true };
const silent = { observedAt: at(5), isFresh: false };
const found = (changes: Partial<WeighedFinding>): WeighedFinding => ({
  id: '1',
  state: 'open',
  severity: 'error',
  since: at(8),
  closedAt: null,
  ...changes,
});
const of = (findings: WeighedFinding[], servers: SiteSeen['servers'] = [fresh, fresh]) => {
  const { verdict, since, worst } = verdictOf({ findings, servers });
  return [verdict, since, worst?.id ?? null];
};

describe('the verdict on a site', () => {
  it('is unknown where no server tells anything of now, and never safe', () => {
    expect(of([], [])).toEqual(['unknown', null, null]);
    expect(of([], [{ observedAt: null, isFresh: false }])).toEqual(['unknown', null, null]);
    expect(of([], [silent, silent])).toEqual(['unknown', at(5), null]);
    expect(of([found({ severity: 'warning' })], [silent])).toEqual(['unknown', at(5), '1']);
  });

  it('is unsafe while an error is open, since the oldest of them', () => {
    const findings = [
      found({ id: 'w', severity: 'warning', since: at(1) }),
      found({ id: 'b', since: at(9) }),
      found({ id: 'a', since: at(7) }),
    ];
    expect(of(findings)).toEqual(['unsafe', at(7), 'a']);
    expect(of(findings, [silent])).toEqual(['unsafe', at(7), 'a']);
  });

  it('is watch for a warning, for a failure that waits to be confirmed, and for a silent server', () => {
    expect(of([found({ severity: 'warning' })])).toEqual(['watch', at(8), '1']);
    expect(of([found({ state: 'pending' })])).toEqual(['watch', at(8), null]);
    expect(of([], [fresh, silent])).toEqual(['watch', at(5), null]);
  });

  it('is safe otherwise, since the last of what was broken ended', () => {
    expect(of([])).toEqual(['safe', null, null]);
    expect(of([found({ severity: 'info' })])).toEqual(['safe', null, '1']);
    const ended = [4, 9, 6].map((hour) => found({ state: 'closed', closedAt: at(hour) }));
    expect(of(ended)).toEqual(['safe', at(9), null]);
  });

  it('goes by severity and age, whatever the order in which findings come', () => {
    const findings = ['error', 'warning', 'info', 'error'].map((severity, i) =>
      found({ id: String(i), severity: severity as WeighedFinding['severity'], since: at(10 - i) }),
    );
    const turned = findings.map((_, i) => [...findings.slice(i), ...findings.slice(0, i)]);
    for (const order of turned) expect(of(order)).toEqual(['unsafe', at(7), '3']);
  });
});
