import { defineCheck } from '../check.ts';
import { requestToken } from '../request-token.ts';

export const tokenAppOnly = defineCheck({
  id: 'token.app-only',
  title: 'The application gets a token of its own',
  proves:
    'The application’s registration and its secret are good, and it gets a token from here without a user.',
  target: 'login',
  statements: ['S46', 'S52', 'S54', 'S56', 'S57'],
  needs: 'client-credentials',
  run: (run, network, credential) =>
    requestToken({ run, network, credential }, 'client-credentials', ({ confidentialClient, lease }) =>
      confidentialClient().acquireTokenByClientCredential({
        scopes: [...lease.scopes],
        skipCache: true,
        // Otherwise the machine's environment could send the request to another host.
        azureRegion: 'DisableMsalForceRegion',
      }),
    ),
});
