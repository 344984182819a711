import { describe, expect, it } from 'vitest';
import { Budget } from './budget.ts';

const login = { logins: 10, mails: 0 };

describe('the budget of a mailbox', () => {
  it('has room at once as long as a minute holds no more than 24 logins', () => {
    const budget = new Budget();
    expect(budget.roomAt('sales', login, 1_000)).toBe(1_000);
    budget.spend('sales', login, 1_000);
    budget.spend('sales', login, 2_000);
    expect(budget.roomAt('sales', { logins: 4, mails: 0 }, 3_000)).toBe(3_000);
  });

  it('has room again when enough of it lies a minute back', () => {
    const budget = new Budget();
    budget.spend('sales', login, 1_000);
    budget.spend('sales', login, 2_000);
    expect(budget.roomAt('sales', login, 3_000)).toBe(61_000);
    expect(budget.roomAt('sales', { logins: 20, mails: 0 }, 3_000)).toBe(62_000);
    expect(budget.roomAt('sales', login, 61_000)).toBe(61_000);
    expect(budget.roomAt('sales', login, 90_000)).toBe(90_000);
  });

  it('counts mails by themselves', () => {
    const budget = new Budget();
    budget.spend('sales', { logins: 1, mails: 1 }, 0);
    budget.spend('sales', { logins: 1, mails: 1 }, 10);
    expect(budget.roomAt('sales', { logins: 1, mails: 1 }, 20)).toBe(60_000);
    expect(budget.roomAt('sales', { logins: 1, mails: 0 }, 20)).toBe(20);
  });

  it('is one for each mailbox', () => {
    const budget = new Budget();
    budget.spend('sales', { logins: 24, mails: 0 }, 0);
    expect(budget.roomAt('support', login, 1)).toBe(1);
  });

  it('gives an order that is larger than a minute the mailbox to itself, and never nothing at all', () => {
    const budget = new Budget();
    expect(budget.roomAt('sales', { logins: 99, mails: 0 }, 5)).toBe(5);
    budget.spend('sales', { logins: 1, mails: 0 }, 5);
    expect(budget.roomAt('sales', { logins: 99, mails: 0 }, 6)).toBe(60_005);
  });
});
