import { app, svc } from '../testing/fixtures.ts';
import { answer, breaks } from '../testing/sign-in-steps.ts';
import type { Situation } from '../testing/situation.ts';

export const tokenRedeemHere: Situation = {
  servers: [svc(), breaks('token.redeem', 'token', 'denied', answer(54005), app())],
  names: ['app01'],
  owner: 'ece-administrator',
  item: 'C3',
  says: 'first token of sales@example.com cannot be made here',
};
