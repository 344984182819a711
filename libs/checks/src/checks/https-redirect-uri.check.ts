import { defineCheck } from '../check.ts';
import { askForCode } from '../io/authorize.ts';

export const httpsRedirectUri = defineCheck({
  id: 'https.redirect-uri',
  title: 'Microsoft sign-in knows the redirect URI',
  proves: 'Client id and tenant go together, and the redirect URI that ECE sends is registered for them.',
  target: 'login',
  statements: ['S24', 'S25'],
  needs: 'authorize-request',
  async run(run, network, authorize) {
    const socket = await network.openWeb();
    await run.phase('http', () => askForCode(socket, authorize, run));
  },
});
