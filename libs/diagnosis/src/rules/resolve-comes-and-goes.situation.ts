import { failing } from '../testing/faults.ts';
import { svc } from '../testing/fixtures.ts';
import { dnsOf, wellAt, signedIn } from '../testing/healthy.ts';
import { also } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

const lost = { dns: { ...dnsOf(), addresses: [], error: 'ENOTFOUND' } };
const first = failing(wellAt('imap'), 'resolve', 'not-found', lost);
const well = svc();
const later = (seconds: number): string =>
  new Date(Date.parse(first.startedAt) + seconds * 1_000).toISOString();

/** Not found in the round, found when it was looked at again, and not found by the sign-in after that. */
export const resolveComesAndGoes: Situation = {
  servers: [
    also(
      { ...well, results: well.results.filter(({ check }) => check !== 'imap.tls') },
      first,
      { ...wellAt('imap'), repeats: first.id, startedAt: later(1) },
      {
        ...failing(signedIn('imap.mailbox', {}, 'orders@example.com'), 'resolve', 'not-found', lost),
        startedAt: later(2),
      },
    ),
  ],
  owner: 'dns',
  item: 'C9',
  says: 'outlook.office365.com comes and goes: within one round it failed and gave 52.96.0.10',
};
