import { defineCheck } from '../check.ts';
import { requestToken } from '../request-token.ts';

export const tokenRedeem = defineCheck({
  id: 'token.redeem',
  title: 'A sign-in is turned into the first token',
  proves:
    'The application’s registration, its secret and its permissions are good, and the first token is made from here.',
  target: 'login',
  statements: ['S27', 'S46', 'S47', 'S52', 'S54', 'S56', 'S57'],
  needs: 'authorization-code',
  run: (run, network, credential) =>
    requestToken({ run, network, credential }, 'authorization-code', ({ client, lease, grant }) =>
      client().acquireTokenByCode({
        code: grant.code,
        codeVerifier: grant.codeVerifier,
        redirectUri: grant.redirectUri,
        scopes: [...lease.scopes],
      }),
    ),
});
