import { ASSERTION_PROTOCOL, LEASE_PROTOCOL, PROTOCOL_VERSION } from '@mailpath/protocol';
import { describe, expect, it } from 'vitest';
import { notLent, WHY_NOT_LENT } from './lendee.ts';

describe('whether an agent is lent anything', () => {
  it.each([
    // Null while it is not connected here, which callers say as 0.
    [0, true, 'old-protocol'],
    [1, true, 'old-protocol'],
    [1, false, 'old-protocol'],
    [2, true, null],
    [2, false, 'unapproved'],
    [3, true, null],
    [3, false, 'unapproved'],
  ])('with protocol %i, approved %s: %s', (protocol, approved, why) => {
    expect(notLent({ protocol, approved })).toBe(why);
  });

  it('asks for the protocol of what is to be lent', () => {
    expect(notLent({ protocol: ASSERTION_PROTOCOL - 1, approved: true }, ASSERTION_PROTOCOL)).toBe(
      'old-protocol',
    );
    expect(notLent({ protocol: ASSERTION_PROTOCOL, approved: true }, ASSERTION_PROTOCOL)).toBeNull();
  });

  it('goes by what a lease needs, which is never newer than what this API speaks', () => {
    for (const needed of [LEASE_PROTOCOL, ASSERTION_PROTOCOL]) {
      expect(needed).toBeLessThanOrEqual(PROTOCOL_VERSION);
      expect(WHY_NOT_LENT['old-protocol']).toContain(`protocol ${needed} or later`);
    }
  });
});
