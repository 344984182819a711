import type { Situation } from '../testing/situation.ts';
import { login } from '../testing/tls-steps.ts';

export const httpUnexpected: Situation = {
  servers: [login('http', 'unexpected-reply', { http: { status: 503 } })],
  owner: 'proxy',
  item: 'C9',
  says: 'not as Microsoft does',
};
