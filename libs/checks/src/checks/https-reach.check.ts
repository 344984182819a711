import type { Probe } from '../check.ts';
import { defineCheck } from '../check.ts';
import { get } from '../io/http.ts';
import { openTls } from '../io/tls.ts';
import { PathError } from '../path-error.ts';

export const httpsReach = defineCheck({
  id: 'https.reach',
  title: 'A web host answers over HTTPS',
  proves: 'An additional URL that this site needs is reached with a certificate that is valid here.',
  target: null,
  statements: ['S55'],
  mayUseProxy: true,
  run: reachWeb,
});

/** Any answer below 500 shows that the path stands: what the page says is not the path's business. */
export async function reachWeb(probe: Probe): Promise<void> {
  const socket = await openTls(probe);
  await probe.phase('http', async () => {
    const { status } = await get(socket, '/', probe);
    if (status >= 500) throw new PathError('unexpected-reply', `answered HTTP ${status}`);
  });
}
