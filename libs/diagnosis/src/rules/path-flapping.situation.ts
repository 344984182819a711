import { svc } from '../testing/fixtures.ts';
import { withHistory } from '../testing/past.ts';
import type { Situation } from '../testing/situation.ts';

const DOWN = { 'imap.tls': ['connect', 'timeout'] } as const;

export const pathFlapping: Situation = {
  servers: [withHistory(svc(), [DOWN, {}, DOWN, {}, DOWN])],
  owner: 'network',
  item: 'C10',
  says: 'outlook.office365.com:993 comes and goes: down in 3 of the last 6 rounds',
};
