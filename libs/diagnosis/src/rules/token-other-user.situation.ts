import { faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenOtherUser: Situation = {
  servers: [faulty('token.other-user sales@example.com')],
  owner: 'ece-administrator',
  item: 'C5',
  confidence: 'likely',
  says: 'belongs to admin@example.com, and sales@example.com is expected',
};
