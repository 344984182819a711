import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { request } from 'node:https';
import { text } from 'node:stream/consumers';
import { listen, type Listener, type TlsPair } from '@mailpath/checks/testing';
import type { Canaries } from './canaries.ts';

/** What is answered in place of the sign-in host. */
export interface OtherAnswer {
  status: number;
  headers?: Record<string, string>;
  body: string;
}

export interface HearingRelay extends Listener {
  /** Asked with each token request before it goes on; may answer in place of the sign-in host, or take its time. */
  onTokenRequest: (form: URLSearchParams) => Promise<OtherAnswer | null> | OtherAnswer | null;
}

/** Parameters (RFC 6749, 7636, 8628) that are secret on the way there, or on the way back. */
const ASKED = ['client_secret', 'code', 'code_verifier', 'refresh_token', 'device_code'];
const ANSWERED = ['access_token', 'refresh_token', 'id_token', 'device_code'];

/** A sign-in host's front that inspects TLS, passes everything on, and notes every secret that it hears. */
export async function startHearingRelay(
  tls: TlsPair,
  onward: { port: number; trust: string },
  canaries: Canaries,
): Promise<HearingRelay> {
  const pass = (asked: IncomingMessage, body: string): Promise<OtherAnswer> =>
    new Promise((resolve, reject) => {
      request(
        {
          host: '127.0.0.1',
          port: onward.port,
          ca: onward.trust,
          path: asked.url,
          method: asked.method,
          headers: { ...asked.headers, connection: 'close' },
          agent: false,
        },
        (answer) => {
          const { location, 'content-type': type } = answer.headers;
          text(answer).then(
            (said) =>
              resolve({
                status: answer.statusCode ?? 502,
                headers: { ...(location && { location }), ...(type && { 'content-type': type }) },
                body: said,
              }),
            reject,
          );
        },
      )
        .once('error', reject)
        .end(body);
    });
  const answer = async (asked: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await text(asked);
    const form = new URLSearchParams(body);
    for (const name of ASKED) note(canaries, name, form.get(name));
    const isToken = asked.url?.includes('/oauth2/v2.0/token') === true;
    const other = isToken ? await relay.onTokenRequest(form) : null;
    const { status, headers = {}, body: said } = other ?? (await pass(asked, body));
    if (headers['location'])
      note(canaries, 'code', URL.parse(headers['location'])?.searchParams.get('code') ?? null);
    if (!other && headers['content-type']?.includes('json')) {
      const json = JSON.parse(said) as Record<string, unknown>;
      for (const name of ANSWERED) note(canaries, name, json[name]);
    }
    response.writeHead(status, headers).end(said);
  };
  const server = createServer((asked, response) => {
    // Whoever asked may have been killed meanwhile; a fault here shows as a failed sign-in.
    answer(asked, response).catch((error: unknown) => response.writeHead(502).end(String(error)));
  });
  const listener = await listen({ tls }, (socket) => void server.emit('connection', socket));
  const relay: HearingRelay = { ...listener, onTokenRequest: () => null };
  return relay;
}

function note(canaries: Canaries, name: string, value: unknown): void {
  if (typeof value === 'string' && value !== '') canaries.add(name, value);
}
