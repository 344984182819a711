import { imap } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const greetSilent: Situation = {
  servers: [imap('greet', 'timeout')],
  owner: 'network',
  item: 'C10',
  says: 'no IMAP answer comes',
};
