import { defineCheck } from '../check.ts';
import { askForCode } from '../io/authorize.ts';
import { openWeb } from '../io/proxy.ts';

export const httpsRedirectUri = defineCheck({
  id: 'https.redirect-uri',
  title: 'Microsoft sign-in knows the redirect URI',
  proves: 'Client id and tenant go together, and the redirect URI that ECE sends is registered for them.',
  target: 'login',
  statements: ['S24', 'S25'],
  mayUseProxy: true,
  needsAuthorize: true,
  async run(probe) {
    const { authorize } = probe;
    if (!authorize) throw new Error('a check of a redirect URI was run without one');
    const socket = await openWeb(probe);
    await probe.phase('http', () => askForCode(socket, authorize, probe));
  },
});
