import type { IncomingHttpHeaders } from 'node:http';
import { createServer } from 'node:http';
import type { Listener, ListenOptions } from './listen.ts';
import { listen } from './listen.ts';
import type { TlsPair } from './test-ca.ts';

/** One request as the endpoint saw it. */
export interface TokenRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  form: URLSearchParams;
  headers: IncomingHttpHeaders;
}

/** One answer; 200 and no body unless told. `json` is written as Entra ID writes it, with its headers. */
export interface TokenReply {
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  body?: string;
  /** Without a `Date`. */
  undated?: true;
}

export interface TokenEndpoint extends Listener {
  /** Everything that was asked so far. */
  requests: readonly TokenRequest[];
}

/** A sign-in host that answers as the script says, which is asked with each request and its number from 0. */
export async function startTokenEndpoint(
  at: ListenOptions & { tls: TlsPair },
  script: (request: TokenRequest, nth: number) => TokenReply,
): Promise<TokenEndpoint> {
  const requests: TokenRequest[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'https://endpoint');
      const asked: TokenRequest = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        form: new URLSearchParams(Buffer.concat(chunks).toString('utf8')),
        headers: request.headers,
      };
      requests.push(asked);
      const { status = 200, headers = {}, json, body = '', undated } = script(asked, requests.length - 1);
      const type = json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' };
      response.sendDate = !undated;
      response.writeHead(status, { 'x-ms-request-id': TRACE, ...type, ...headers });
      response.end(json === undefined ? body : JSON.stringify(json));
    });
  });
  const listener = await listen(at, (socket) => void server.emit('connection', socket));
  return { ...listener, requests };
}

const TRACE = '0b34fe00-7f4c-4c3e-a2a1-0c7d5e3b1a00';
const CORRELATION = '5a7d9c11-2f44-4d8e-9c55-6b1f0e2d3c4b';
const TIMESTAMP = '2026-11-25 01:02:03Z';

/** A refusal as Entra ID writes it: the number in the list and in the text, the ids at the end of the text. */
export function refusal(error: string, aadsts: number, text: string, more: object = {}): TokenReply {
  return {
    status: error === 'invalid_client' ? 401 : 400,
    json: {
      error,
      error_description: `AADSTS${aadsts}: ${text} Trace ID: ${TRACE} Correlation ID: ${CORRELATION} Timestamp: ${TIMESTAMP}`,
      error_codes: [aadsts],
      timestamp: TIMESTAMP,
      trace_id: TRACE,
      correlation_id: CORRELATION,
      error_uri: `https://login.microsoftonline.com/error?code=${aadsts}`,
      ...more,
    },
  };
}

/** A JWT of these claims, with a signature that nobody looks at. */
export function jwt(claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ typ: 'JWT', alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJlLW9mLW5vYm9keQ`;
}

/** A success as Entra ID writes it; `more` replaces fields, and leaves one out where it is undefined. */
export function granted(more: Record<string, unknown> = {}): TokenReply {
  const now = Math.floor(Date.now() / 1_000);
  return {
    json: {
      token_type: 'Bearer',
      scope: 'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send',
      expires_in: 3_600,
      ext_expires_in: 3_600,
      access_token: jwt({
        aud: 'https://outlook.office.com',
        iss: 'https://sts.windows.net/3f2d/',
        // Dated back by five minutes, as Entra ID does it.
        iat: now - 300,
        nbf: now - 300,
        exp: now + 3_600,
        appid: '11111111-2222-3333-4444-555555555555',
        appidacr: '1',
        scp: 'IMAP.AccessAsUser.All SMTP.Send',
        upn: 'sales@example.com',
        tid: '3f2d',
        ver: '1.0',
      }),
      refresh_token: '0.AXsARefreshTokenThatCameWithTheAnswer.canary',
      id_token: jwt({ preferred_username: 'Sales@example.com', tid: '3f2d', oid: 'o', sub: 's' }),
      ...more,
    },
  };
}
