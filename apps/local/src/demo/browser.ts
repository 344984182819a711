import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';

/** How the browser reaches the names of Microsoft, and whom it trusts. */
export interface BrowserWay {
  address: string;
  /** PEM. */
  authority: string;
}

interface Page {
  status: number;
  location: string | undefined;
  body: string;
}

/**
 * Signs in as a person does: opens the page of Mailpath, goes on to Microsoft's, fills in the form, follows the
 * redirect back. Rejects with the title of the page where that did not end well.
 */
export async function signInByBrowser(
  startUrl: string,
  user: { userName: string; password: string },
  way: BrowserWay,
): Promise<void> {
  const { authorizeUrl, cookie } = await goOn(startUrl);
  const form = await open(authorizeUrl, way);
  if (form.status !== 200 || !form.body.includes('name="passwd"'))
    throw notAsExpected('no sign-in form', form);
  const filled = new URLSearchParams({ login: user.userName, passwd: user.password, action: 'sign-in' });
  const answer = await open(authorizeUrl, way, filled.toString());
  if (answer.location === undefined) throw notAsExpected('the sign-in was refused', answer);
  const back = await fetch(answer.location, { headers: { cookie }, signal: AbortSignal.timeout(TIMEOUT_MS) });
  const body = await back.text();
  if (!back.ok) throw notAsExpected('Mailpath did not accept the answer', { status: back.status, body });
}

/** Opens Mailpath's page of the sign-in, and presses its button. */
async function goOn(startUrl: string): Promise<{ authorizeUrl: string; cookie: string }> {
  const page = await fetch(startUrl, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const [cookie = ''] = (page.headers.get('set-cookie') ?? '').split(';');
  const gone = await fetch(startUrl, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie, 'content-type': 'application/x-www-form-urlencoded' },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const authorizeUrl = gone.headers.get('location');
  if (authorizeUrl === null)
    throw notAsExpected('Mailpath did not start the sign-in', {
      status: gone.status,
      body: `${await page.text()}${await gone.text()}`,
    });
  return { authorizeUrl, cookie };
}

const TIMEOUT_MS = 15_000;

function notAsExpected(what: string, { status, body }: Pick<Page, 'status' | 'body'>): Error {
  const title = /<title>([^<]*)/.exec(body)?.[1] ?? 'no title';
  return new Error(`The browser met something else: ${what} (HTTP ${status}, ${title}).`);
}

/** One request under the name in the URL, to the address that stands in for it; posts the form, if there is one. */
async function open(address: string, way: BrowserWay, form?: string): Promise<Page> {
  const url = new URL(address);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const asked = request({
      host: way.address,
      port: url.port,
      path: url.pathname + url.search,
      servername: url.hostname,
      ca: way.authority,
      agent: false,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      method: form === undefined ? 'GET' : 'POST',
      headers: {
        host: url.host,
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
    });
    asked.on('response', resolve).on('error', reject).end(form);
  });
  return {
    status: response.statusCode ?? 0,
    location: response.headers.location,
    body: await text(response),
  };
}
