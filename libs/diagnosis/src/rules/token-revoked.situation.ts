import { app, faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenRevoked: Situation = {
  servers: [faulty('token.revoked sales@example.com'), app()],
  owner: 'ece-administrator',
  item: 'C4',
  says: 'no longer good',
};
