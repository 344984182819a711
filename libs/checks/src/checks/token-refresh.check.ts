import { defineCheck } from '../check.ts';
import { requestToken } from '../request-token.ts';

export const tokenRefresh = defineCheck({
  id: 'token.refresh',
  title: 'The token is refreshed',
  proves:
    'The refresh token is good, and a new access token is made from here as ECE’s mail processes make theirs.',
  target: 'login',
  statements: ['S26', 'S46', 'S48', 'S52', 'S54', 'S56', 'S57'],
  needs: 'refresh-token',
  run: (run, network, credential) =>
    requestToken({ run, network, credential }, 'refresh-token', ({ client, lease, grant }) =>
      client().acquireTokenByRefreshToken({
        refreshToken: grant.refreshToken,
        scopes: [...lease.scopes],
        forceCache: true,
      }),
    ),
});
