import { imap } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const mailpathInternal: Situation = {
  servers: [imap('connect', 'internal')],
  owner: 'mailpath',
  item: 'X8',
  says: 'Mailpath itself failed',
};
