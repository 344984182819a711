import type { CheckRun, Network } from '../check.ts';
import { defineCheck } from '../check.ts';
import { get, waitAskedFor } from '../io/http.ts';
import { isPage, pageInstead } from '../io/page.ts';
import { PathError } from '../path-error.ts';

export const httpsReach = defineCheck({
  id: 'https.reach',
  title: 'A web host answers over HTTPS',
  proves: 'An additional URL that this site needs is reached with a certificate that is valid here.',
  target: null,
  statements: ['S55'],
  needs: 'web',
  run: reachWeb,
});

/**
 * Below 500, and said by no web server of Microsoft for itself: a proxy that inspects TLS wants a sign-in (407; RFC
 * 9110, section 15.5.8), what was asked serves another name (421; 15.5.20) or wants a newer TLS (426; 15.5.22), or an
 * operator on the path blocks by law (451; RFC 7725).
 */
const IN_THE_WAY: ReadonlySet<number> = new Set([407, 421, 426, 451]);

/** Any other answer below 500 shows that the path stands: what the page says is not the path's business. */
export async function reachWeb(run: CheckRun, network: Network): Promise<void> {
  const socket = await network.openWeb();
  await run.phase('http', async () => {
    const answer = await get(socket, '/', run);
    const { status } = answer;
    if (status === 429) {
      return run.warn(`The other end asked to slow down: it answered HTTP 429${waitAskedFor(answer)}.`);
    }
    if (status < 500 && !IN_THE_WAY.has(status)) return;
    if (isPage(answer.contentType, '')) {
      throw pageInstead(answer, (await answer.body()).text, 'an answer of the host', run);
    }
    throw new PathError('unexpected-reply', `answered HTTP ${status}${waitAskedFor(answer)}`);
  });
}
