import { describe, expect, it } from 'vitest';
import { setUp, STEPS } from './steps.ts';

const empty = {
  site: { version: null, externalUrl: null, tenant: null, clientId: null, grant: 'delegated' as const },
  connected: 0,
  mailboxes: 0,
  credentials: 0,
  hasResults: false,
};
const states = (facts: Parameters<typeof setUp>[0]) => {
  const found = setUp(facts);
  return STEPS.map((step) => found[step]).join(' ');
};

describe('the set-up of a site', () => {
  it('begins with the installation, and names one next step', () => {
    expect(states(empty)).toBe('next later later later later later');
  });

  it('goes by what is kept: a step that was done out of order stays done', () => {
    expect(states({ ...empty, connected: 2, mailboxes: 1 })).toBe('next later done done later later');
  });

  it('asks for no sign-in where the application signs in for itself', () => {
    expect(setUp({ ...empty, site: { ...empty.site, grant: 'app-only' } })['sign-in']).toBe('done');
  });

  it('is done when every step is', () => {
    const site = {
      ...empty.site,
      version: '12.6(1)',
      externalUrl: 'https://ece',
      tenant: 't',
      clientId: 'c',
    };
    expect(states({ site, connected: 1, mailboxes: 1, credentials: 1, hasResults: true })).toBe(
      STEPS.map(() => 'done').join(' '),
    );
  });
});
