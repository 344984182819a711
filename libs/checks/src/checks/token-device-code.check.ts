import { defineCheck } from '../check.ts';
import { requestToken } from '../request-token.ts';

export const tokenDeviceCode = defineCheck({
  id: 'token.device-code',
  title: 'A sign-in elsewhere gives the first token',
  proves:
    'A person signed in with a code, and the first token is made from here without a browser on this server.',
  target: 'login',
  statements: ['S27', 'S46', 'S47', 'S52', 'S54', 'S56', 'S57'],
  mayUseProxy: true,
  credential: 'grant',
  grant: 'device-code',
  waitsForPerson: true,
  run: (probe) =>
    // Entra ID gives device codes to public clients only.
    requestToken(probe, 'device-code', ({ publicClient, lease, credential }) =>
      publicClient().acquireTokenByDeviceCode({
        scopes: [...lease.scopes],
        deviceCodeCallback: ({ userCode, verificationUri, expiresIn }) =>
          credential.showDeviceCode({
            userCode,
            verificationUri,
            expiresAt: new Date(Date.now() + expiresIn * 1_000).toISOString(),
          }),
      }),
    ),
});
