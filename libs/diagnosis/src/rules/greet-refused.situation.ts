import { imap } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const greetRefused: Situation = {
  servers: [
    imap('greet', 'unavailable', { imap: { greeting: '* BYE Connections from this address are refused' } }),
  ],
  owner: 'microsoft',
  item: 'X7',
  confidence: 'likely',
  says: 'Connections from this address are refused',
};
