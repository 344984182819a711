import { imap } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const tlsFailed: Situation = {
  servers: [imap('tls', 'tls-failed', { tlsOffered: { versions: ['TLSv1.1'] } })],
  owner: 'network',
  item: 'X6',
  says: 'it offers TLSv1.1',
};
