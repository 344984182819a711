import { defineCheck } from '../check.ts';
import { requestToken } from '../request-token.ts';

export const tokenDeviceCode = defineCheck({
  id: 'token.device-code',
  title: 'A sign-in elsewhere gives the first token',
  proves:
    'A person signed in with a code, and the first token is made from here without a browser on this server.',
  target: 'login',
  statements: ['S27', 'S46', 'S47', 'S52', 'S54', 'S56', 'S57'],
  needs: 'device-code',
  run: (run, network, credential) =>
    // Entra ID gives device codes to public clients only.
    requestToken({ run, network, credential }, 'device-code', ({ publicClient, lease }) =>
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
