import type { Socket } from 'node:net';
import type { CheckRun } from '../check.ts';
import { evidenceText } from '../evidence-text.ts';
import { PathError, UnexpectedReply } from '../path-error.ts';
import { get, tooLong, waitAskedFor } from './http.ts';
import { isPage, pageInstead } from './page.ts';

/** Answered by every Entra ID sign-in host without credentials (OpenID Connect Discovery 1.0, section 4). */
const PATH = '/common/v2.0/.well-known/openid-configuration';

/** Reads the sign-in host's OpenID configuration; only Microsoft's sign-in, or a copy of it, has one with an issuer. */
export async function readOpenIdConfiguration(socket: Socket, run: CheckRun): Promise<void> {
  const answer = await get(socket, PATH, run);
  if (answer.status === 429)
    throw new PathError('throttled', `asked to slow down: HTTP 429${waitAskedFor(answer)}`);
  const body = await answer.body();
  const { text } = body;
  if (isPage(answer.contentType, text)) {
    throw pageInstead(answer, text, 'the OpenID configuration', run);
  }
  if (answer.status !== 200) {
    const wait = waitAskedFor(answer);
    throw new PathError('unexpected-reply', `answered HTTP ${answer.status} where 200 was expected${wait}`);
  }
  if (!body.whole) throw tooLong(body);
  const issuer = issuerOf(text);
  if (issuer === null)
    throw new UnexpectedReply(text.slice(0, 256), 'an OpenID configuration with an https issuer');
  run.record('http', { issuer: evidenceText(issuer) });
}

function issuerOf(text: string): string | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Not JSON: the caller reports what it was.
    return null;
  }
  const issuer = typeof json === 'object' && json !== null && 'issuer' in json ? json.issuer : null;
  return typeof issuer === 'string' && URL.parse(issuer)?.protocol === 'https:' ? issuer : null;
}
