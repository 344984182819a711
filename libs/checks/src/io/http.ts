import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { isIPv6 } from 'node:net';
import type { Probe } from '../check.ts';
import { evidenceText } from '../evidence-text.ts';
import { PathError, UnexpectedReply } from '../path-error.ts';
import { systemCodeOf } from '../failure.ts';

const MOST_HEADER_BYTES = 16 * 1024;
const MOST_BODY_BYTES = 64 * 1024;

/** An answer whose head has come; the body is read only when asked for. */
export interface HttpAnswer {
  status: number;
  contentType: string;
  /** The whole body as text. Throws when it is longer than 64 KiB. */
  body(): Promise<string>;
}

/** One GET over a connection that stands, inside a phase of the caller's; the head goes into evidence. */
export async function get(socket: Socket, path: string, probe: Probe): Promise<HttpAnswer> {
  const { host, port } = probe.target;
  const response = await head(socket, path, isIPv6(host) ? `[${host}]` : host, port, probe.signal);
  const { statusCode: status = 0, headers } = response;
  const contentType = headers['content-type'] ?? '';
  probe.record('http', {
    status,
    date: kept(headers.date),
    contentType: kept(contentType),
    // A query may hold what is nobody else's business.
    location: kept(headers.location?.split(/[?#]/, 1)[0]),
  });
  return { status, contentType, body: () => text(response, probe.signal) };
}

function head(
  socket: Socket,
  path: string,
  host: string,
  port: number,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
    const asked = request({
      createConnection: () => socket,
      path,
      headers: {
        host: port === 443 ? host : `${host}:${port}`,
        accept: 'application/json, */*;q=0.5',
        'accept-encoding': 'identity',
        'user-agent': 'Mailpath',
      },
      maxHeaderSize: MOST_HEADER_BYTES,
    });
    asked.once('response', (response) => {
      signal.removeEventListener('abort', onAbort);
      resolve(response);
    });
    asked.on('error', (error) => {
      signal.removeEventListener('abort', onAbort);
      reject(httpError(error));
    });
    asked.end();
  });
}

async function text(response: IncomingMessage, signal: AbortSignal): Promise<string> {
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
  const body = Buffer.concat(chunks).toString('utf8');
  if (length > MOST_BODY_BYTES) {
    throw new UnexpectedReply(body.slice(0, 256), `a body of at most ${MOST_BODY_BYTES} bytes`);
  }
  return body;
}

function httpError(error: Error): Error {
  const code = systemCodeOf(error);
  if (code === 'HPE_HEADER_OVERFLOW') {
    return new PathError('unexpected-reply', `sent more than ${MOST_HEADER_BYTES} bytes of HTTP headers`);
  }
  if (code?.startsWith('HPE_')) {
    const packet =
      'rawPacket' in error && Buffer.isBuffer(error.rawPacket) ? error.rawPacket : Buffer.alloc(0);
    const said = packet.subarray(0, 256).toString('utf8').split(/\r?\n/, 1)[0] ?? '';
    return new UnexpectedReply(said, 'an HTTP answer');
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
