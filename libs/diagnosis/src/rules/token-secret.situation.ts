import { app, faulty } from '../testing/fixtures.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenSecret: Situation = {
  servers: [faulty('token.secret application'), app()],
  owner: 'entra',
  item: 'X1',
  confidence: 'certain',
  says: 'AADSTS7000222',
};
