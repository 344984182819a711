import { claims } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenOtherApplication: Situation = {
  servers: [claims({ appid: '00000000-0000-0000-0000-000000000001' })],
  owner: 'ece-administrator',
  item: 'X3',
  says: 'for the application 00000000',
};
