import { claims } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenScope: Situation = {
  servers: [claims({ scp: 'IMAP.AccessAsUser.All' })],
  owner: 'entra',
  item: 'X2',
  says: 'lacks SMTP.Send',
};
