import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { type Bilingual, Problem } from '@mailpath/protocol';
import { apiTrust } from './api-trust.ts';

/** An answer of the API, whatever its status. */
export interface ApiAnswer {
  status: number;
  body: string;
}

/** The API was not reached, or did not answer: at which phase that was, and what the system said. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
  readonly phase: 'resolve' | 'connect' | 'tls' | 'http';
  constructor(phase: Unreachable['phase'], message: string, cause?: unknown) {
    super(message, { cause });
    this.phase = phase;
  }
}

const MAX_ANSWER_BYTES = 64 * 1024;

/** POSTs JSON once: no redirect is followed, since the body may hold a secret that is meant for this host alone. */
export function postJson(url: URL, body: unknown, deadlineMs: number): Promise<ApiAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<ApiAnswer>();
  const text = JSON.stringify(body);
  let phase: Unreachable['phase'] = net.isIP(url.hostname.replace(/^\[|\]$/g, '')) ? 'connect' : 'resolve';
  const fail = (error: Error): void => reject(new Unreachable(phase, codeOf(error), error));
  const request = (url.protocol === 'https:' ? https : http).request(
    url,
    {
      method: 'POST',
      agent: false,
      ...(url.protocol === 'https:' ? { secureContext: apiTrust() } : {}),
      signal: AbortSignal.timeout(deadlineMs),
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) },
    },
    (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_ANSWER_BYTES) request.destroy(new Error('the answer is larger than 64 KiB'));
        else chunks.push(chunk);
      });
      response.once('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
      response.once('error', fail);
    },
  );
  request.once('error', fail);
  request.once('socket', (socket) => {
    socket.once('lookup', (error) => error ?? (phase = 'connect'));
    socket.once('connect', () => (phase = url.protocol === 'https:' ? 'tls' : 'http'));
    socket.once('secureConnect', () => (phase = 'http'));
  });
  request.end(text);
  return promise;
}

/** What the system calls it. An AggregateError has one error per address, and its own code is that of the first. */
function codeOf(error: Error): string {
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time';
  const { code } = error as NodeJS.ErrnoException;
  return code === undefined
    ? error.message
    : error.message.includes(code)
      ? error.message
      : `${code}: ${error.message}`;
}

/** What a refusal says to a person: the problem's detail (RFC 9457), or the bare status if it is none. */
export function refusalText({ status, body }: ApiAnswer): Bilingual {
  try {
    const problem = Problem.safeParse(JSON.parse(body));
    // The API speaks the language that it was asked in.
    if (problem.success) {
      const text = `${problem.data.detail} (${problem.data.code})`;
      return { en: text, ja: text };
    }
  } catch {
    // Not JSON: some proxy's page. The status says enough; its text would be many lines.
  }
  return {
    en: `HTTP ${status}, not from a Mailpath API: check the address`,
    ja: `HTTP ${status}。Mailpath の API からの応答ではありません。アドレスを確認してください`,
  };
}
