import type { Socket } from 'node:net';
import type { Authorize } from '@mailpath/protocol';
import { aadstsIn, firstLine, verdictOn } from '../aadsts.ts';
import type { CheckRun } from '../check.ts';
import { evidenceText } from '../evidence-text.ts';
import { PathError, shortened } from '../path-error.ts';
import type { HttpAnswer } from './http.ts';
import { get, waitAskedFor } from './http.ts';
import { isPage, pageInstead } from './page.ts';

/** That nobody is signed in is what is expected here: the redirect URI was found good before it was said. */
const NOBODY: ReadonlySet<string> = new Set([
  'login_required',
  'interaction_required',
  'consent_required',
  'account_selection_required',
]);
/** Entra ID's numbers for a redirect URI that is not registered, or for none that is. */
const NOT_REGISTERED: ReadonlySet<number> = new Set([50011, 500113, 900971, 70004]);
/** From the number on to the end of the text in a script or in a page. */
const ON_PAGE = /AADSTS\d{4,9}[^"<>\r\n]{0,600}/;
const LONGEST_DESCRIPTION = 512;

/**
 * Asks for a code without anybody signing in (OpenID Connect Core 1.0, section 3.1.2.1, `prompt=none`) and reads the
 * answer without following it. To a redirect URI that is registered Entra ID sends its error there; for one that is not
 * it shows a page with the reason, which otherwise only a browser sees.
 */
export async function askForCode(socket: Socket, asked: Authorize, run: CheckRun): Promise<void> {
  const { redirectUri } = asked;
  const answer = await get(socket, pathFor(asked), run);
  run.record('redirect', {
    redirectUri: evidenceText(redirectUri),
    status: answer.status,
    error: null,
    aadsts: null,
    description: null,
  });
  if (answer.status === 429)
    throw new PathError('throttled', `asked to slow down: HTTP 429${waitAskedFor(answer)}`);
  const location = answer.header('location');
  if (answer.status >= 300 && answer.status < 400 && location !== null)
    return redirected(location, asked, answer, run);
  return shown(answer, (await answer.body()).text, asked, run);
}

function pathFor({ tenant, clientId, redirectUri, scope }: Authorize): string {
  const query = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    response_mode: 'query',
    scope,
    prompt: 'none',
    state: 'mailpath',
  });
  return `/${tenant}/oauth2/v2.0/authorize?${query.toString()}`;
}

function redirected(location: string, { redirectUri }: Authorize, answer: HttpAnswer, run: CheckRun): void {
  const to = URL.parse(location);
  if (to === null || withoutQuery(to) !== withoutQuery(new URL(redirectUri))) {
    const where = shortened(evidenceText(location.split(/[?#]/, 1)[0] ?? ''));
    throw new PathError(
      'unexpected-reply',
      `redirected to ${where || 'an empty address'} where ${redirectUri} was expected`,
    );
  }
  const error = to.searchParams.get('error');
  // A code without a sign-in: a session that nobody has; the redirect URI is as good for it.
  if (error === null) return;
  const said = noted(error, to.searchParams.get('error_description') ?? '', run);
  if (NOBODY.has(error) || said.aadsts === 50058) return;
  throw refusal(said, answer, `sent an error to ${redirectUri}`);
}

function shown(answer: HttpAnswer, text: string, { redirectUri }: Authorize, run: CheckRun): void {
  const { status } = answer;
  const reason = ON_PAGE.exec(text)?.[0];
  if (reason === undefined) {
    if (status >= 500 && !isPage(answer.contentType, text))
      throw new PathError('unavailable', `answered HTTP ${status}${waitAskedFor(answer)}`);
    if (isPage(answer.contentType, text))
      throw pageInstead(answer, text, 'an answer of the authorize endpoint', run);
    throw new PathError(
      'unexpected-reply',
      `answered HTTP ${status} without a redirect and without a reason`,
    );
  }
  const said = noted(null, unescaped(reason), run);
  const what =
    said.aadsts !== null && NOT_REGISTERED.has(said.aadsts)
      ? `does not know the redirect URI ${redirectUri}`
      : 'refused to be asked for a code';
  throw refusal(said, answer, what);
}

interface Said {
  error: string | null;
  aadsts: number | null;
  description: string;
}

function noted(error: string | null, text: string, run: CheckRun): Said {
  const description = evidenceText(firstLine(text), LONGEST_DESCRIPTION);
  const aadsts = aadstsIn(text);
  run.record('redirect', {
    error: error === null ? null : evidenceText(error),
    aadsts,
    description: description === '' ? null : description,
  });
  return { error, aadsts, description };
}

function refusal({ error, aadsts, description }: Said, answer: HttpAnswer, what: string): PathError {
  const code = verdictOn({ status: answer.status, error, aadsts });
  const words = [error === null ? null : shortened(evidenceText(error)), description].filter(Boolean);
  return new PathError(code, `${what}: ${words.join(': ')}${waitAskedFor(answer)}`);
}

/** Scheme, host and path: all of it counts, the path's case and its last slash too. */
function withoutQuery({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

/**
 * The page has its reason inside a script, where marks are written as `\u0027`, and inside HTML, where they are
 * `&#39;`.
 */
function unescaped(text: string): string {
  return text
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))
    .replaceAll(/\\[rn]/g, '\n')
    .replaceAll(/&#(?:39|x27);/gi, "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
