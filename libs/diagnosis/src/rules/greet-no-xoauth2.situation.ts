import { imap } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const greetNoXoauth2: Situation = {
  servers: [imap('greet', 'unexpected-reply', { imap: { capability: ['IMAP4rev1', 'AUTH=PLAIN'] } })],
  owner: 'network',
  item: 'X6',
  says: 'speaks IMAP but does not offer XOAUTH2',
};
