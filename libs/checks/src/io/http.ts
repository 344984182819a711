import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { isIPv6 } from 'node:net';
import type { Endpoint } from '@mailpath/protocol';
import type { CheckRun } from '../check.ts';
import { evidenceLines, evidenceText } from '../evidence-text.ts';
import { PathError, shortened, UnexpectedReply } from '../path-error.ts';
import { systemCodeOf } from '../failure.ts';
import { clockFromHttp, halfWay } from './clock.ts';
import { otherSpeaker } from './spoken.ts';

/** The most that the head of an answer may have. */
export const MOST_HEADER_BYTES = 16 * 1024;
const MOST_BODY_BYTES = 64 * 1024;
/** Answers before the answer (HTTP 1xx); Node bounds the size of each head, but not their number. */
const MOST_INTERIM = 8;

/** An answer whose head has come; the body is read only when asked for. */
export interface HttpAnswer {
  status: number;
  contentType: string;
  /** `Retry-After` as it came; null for none. */
  retryAfter: string | null;
  /** A header of this name (lower case) as it came, for what evidence keeps under a name of its own; null for none. */
  header(name: string): string | null;
  /** The body as text, cut off after 64 KiB: then it is not `whole`. Throws when it is packed. */
  body(): Promise<HttpBody>;
}

export interface HttpBody {
  text: string;
  whole: boolean;
}

/** What is asked for; with a form it is a POST (RFC 6749, appendix B), else a GET. */
interface Asked {
  path: string;
  form?: string;
}

/** One GET over a connection that stands, inside a phase of the caller's; the head goes into evidence. */
export function get(socket: Socket, path: string, run: CheckRun): Promise<HttpAnswer> {
  return ask(socket, { path }, run);
}

/** The same as a POST of a form that is already encoded. */
export function postForm(socket: Socket, path: string, form: string, run: CheckRun): Promise<HttpAnswer> {
  return ask(socket, { path, form }, run);
}

async function ask(socket: Socket, asked: Asked, run: CheckRun): Promise<HttpAnswer> {
  const middle = halfWay();
  const response = await head(socket, asked, authorityOf(run.target), run.signal);
  const { statusCode: status = 0, headers } = response;
  const contentType = headers['content-type'] ?? '';
  const retryAfter = kept(headers['retry-after']);
  clockFromHttp(run, headers.date, headers.age, middle());
  run.record('http', {
    ...asAsked(asked),
    status,
    date: kept(headers.date),
    contentType: kept(contentType),
    // A query may hold what is nobody else's business.
    location: kept(headers.location?.split(/[?#]/, 1)[0]),
    retryAfter,
    server: kept([headers['server'] ?? []].flat().join(', ')),
    via: kept([headers['via'] ?? []].flat().join(', ')),
  });
  return {
    status,
    contentType,
    retryAfter,
    header: (name) => [headers[name] ?? null].flat()[0] ?? null,
    body: () => bodyOf(response, run.signal),
  };
}

/** What of a request is fit for evidence: a query or form may hold a code, a secret or a token, so only its names. */
function asAsked({ path, form }: Asked): { request: string; parameters?: string[] } {
  const [way = '', query = ''] = path.split('?', 2);
  const names = [...new URLSearchParams(form ?? query).keys()];
  return {
    request: evidenceText(`${form === undefined ? 'GET' : 'POST'} ${way}`),
    ...(names.length > 0 ? { parameters: evidenceLines(names) } : {}),
  };
}

/** Host and, where it is not that of HTTPS, port: as `Host` and URLs have them. */
export function authorityOf({ host, port }: Endpoint): string {
  const name = isIPv6(host) ? `[${host}]` : host;
  return port === 443 ? name : `${name}:${port}`;
}

/** How long the other end asks to wait, as the end of a sentence; empty when it does not. */
export function waitAskedFor({ retryAfter }: Pick<HttpAnswer, 'retryAfter'>): string {
  if (retryAfter === null) return '';
  return /^\d{1,9}$/.test(retryAfter)
    ? ` and asks to wait ${retryAfter} s`
    : ` and asks to wait until ${shortened(retryAfter)}`;
}

/** Ends a request whose answer is put off for ever by answers before it. */
export function refuseEndlessInterim(asked: ClientRequest): void {
  let seen = 0;
  asked.on('information', () => {
    seen += 1;
    if (seen <= MOST_INTERIM) return;
    asked.destroy(
      new PathError(
        'unexpected-reply',
        `sent more than ${MOST_INTERIM} answers before the answer (HTTP 1xx)`,
      ),
    );
  });
}

function head(
  socket: Socket,
  { path, form }: Asked,
  host: string,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    const asked = request({
      createConnection: () => socket,
      method: form === undefined ? 'GET' : 'POST',
      path,
      headers: {
        host,
        accept: 'application/json, */*;q=0.5',
        'accept-encoding': 'identity',
        'user-agent': 'Mailpath',
        ...(form === undefined
          ? {}
          : {
              'content-type': 'application/x-www-form-urlencoded;charset=utf-8',
              'content-length': Buffer.byteLength(form),
            }),
      },
      maxHeaderSize: MOST_HEADER_BYTES,
    });
    refuseEndlessInterim(asked);
    asked.once('response', (response) => {
      signal.removeEventListener('abort', onAbort);
      resolve(response);
    });
    // Nobody asked for another protocol; without this listener Node drops the connection and says nothing.
    asked.once('upgrade', ({ statusCode, statusMessage }) => {
      signal.removeEventListener('abort', onAbort);
      reject(new UnexpectedReply(`${statusCode} ${statusMessage}`, 'an HTTP answer, and no other protocol,'));
      asked.destroy();
    });
    asked.on('error', (error) => {
      signal.removeEventListener('abort', onAbort);
      reject(httpError(error));
    });
    asked.end(form);
  });
}

async function bodyOf(response: IncomingMessage, signal: AbortSignal): Promise<HttpBody> {
  // Only what is as long as it looks was asked for; what is packed is not unpacked, whatever it would become.
  const packed = response.headers['content-encoding'] ?? 'identity';
  if (!/^(?:identity)?$/i.test(packed)) {
    const how = shortened(evidenceText(packed));
    throw new PathError(
      'unexpected-reply',
      `answered HTTP ${response.statusCode} with a body packed as "${how}" though it was asked not to pack it`,
    );
  }
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > MOST_BODY_BYTES) break;
    }
  } catch (error) {
    // Our own deadline destroys the socket, which Node then reports as the other end's doing.
    signal.throwIfAborted();
    throw httpError(error as Error);
  }
  const text = Buffer.concat(chunks).subarray(0, MOST_BODY_BYTES).toString('utf8');
  return { text, whole: length <= MOST_BODY_BYTES };
}

/** The failure for a body that is longer than anything that is read. */
export function tooLong({ text }: HttpBody): UnexpectedReply {
  return new UnexpectedReply(evidenceText(text, 256), `a body of at most ${MOST_BODY_BYTES} bytes`);
}

/** What Node says of an HTTP exchange, as what the other end did. */
export function httpError(error: Error): Error {
  const code = systemCodeOf(error);
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new PathError('unexpected-reply', `sent more than ${MOST_HEADER_BYTES} bytes of HTTP headers`);
  }
  if (code?.startsWith('HPE_')) {
    const packet =
      'rawPacket' in error && Buffer.isBuffer(error.rawPacket) ? error.rawPacket : Buffer.alloc(0);
    const said = packet.subarray(0, 256).toString('utf8').split(/\r?\n/, 1)[0] ?? '';
    return new UnexpectedReply(said, 'an HTTP answer', otherSpeaker(said, 'a web server'));
  }
  // "socket hang up" and "aborted" have the code of a reset, but a reset names the system call.
  if (code === 'ECONNRESET' && !('syscall' in error)) {
    return new PathError('closed', 'closed the connection before its HTTP answer was complete', {
      cause: error,
    });
  }
  return error;
}

function kept(value: string | undefined): string | null {
  return value === undefined || value === '' ? null : evidenceText(value);
}
