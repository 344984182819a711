import { imap } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const connectUnreachable: Situation = {
  servers: [imap('connect', 'unreachable')],
  owner: 'network',
  item: 'C10',
  says: 'no route to outlook.office365.com:993',
};
