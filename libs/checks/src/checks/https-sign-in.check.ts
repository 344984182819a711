import type { CheckRun, Network } from '../check.ts';
import { defineCheck } from '../check.ts';
import { readOpenIdConfiguration } from '../io/openid.ts';

export const httpsSignIn = defineCheck({
  id: 'https.sign-in',
  title: 'Microsoft sign-in answers over HTTPS',
  proves: 'The sign-in host, where tokens are made and refreshed, is reached and is Microsoft’s.',
  target: 'login',
  statements: ['S46', 'S47', 'S48', 'S52', 'S54', 'S56', 'S57'],
  needs: 'web',
  run: signIn,
});

/** The sign-in host under any of its names. */
export async function signIn(run: CheckRun, network: Network): Promise<void> {
  const socket = await network.openWeb();
  await run.phase('http', () => readOpenIdConfiguration(socket, run));
}
