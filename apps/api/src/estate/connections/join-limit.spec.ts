import { describe, expect, it } from 'vitest';
import { JoinLimit } from './join-limit.ts';

describe('the limit on look-ups that fail', () => {
  it('stops an address after 20 in a minute, and no other', () => {
    let now = 0;
    const limit = new JoinLimit(() => now);
    for (let i = 0; i < 20; i += 1) expect(limit.take('10.0.0.1')).toBe(0);
    expect(limit.take('10.0.0.1')).toBe(60);
    expect(limit.take('10.0.0.2')).toBe(0);
    now = 59_500;
    expect(limit.take('10.0.0.1')).toBe(1);
    now = 60_000;
    expect(limit.take('10.0.0.1')).toBe(0);
  });

  it('does not count what was given back', () => {
    const limit = new JoinLimit(() => 0);
    for (let i = 0; i < 100; i += 1) {
      expect(limit.take('10.0.0.1')).toBe(0);
      limit.giveBack('10.0.0.1');
    }
  });

  it('stops everybody after 200 in a minute, however many addresses they come from', () => {
    let now = 0;
    const limit = new JoinLimit(() => now);
    let passed = 0;
    for (let i = 0; i < 30_000; i += 1)
      if (limit.take(`2001:db8:0:${i.toString(16)}::/64`) === 0) passed += 1;
    expect(passed).toBe(200);
    now = 60_001;
    expect(limit.take('10.0.0.1')).toBe(0);
  });
});
