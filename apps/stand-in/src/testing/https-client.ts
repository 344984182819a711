import { type Agent, request, type RequestOptions } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';

/** What was answered. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  /** The body as JSON. */
  json: () => Record<string, unknown>;
}

export interface Ask {
  port: number;
  /** Authority to trust, PEM. */
  trust: string;
  address?: string;
  /** Instead of the address and the port. */
  host?: string;
  method?: string;
  path: string;
  /** Posted as a form, unless a body is given. */
  form?: Readonly<Record<string, string>>;
  body?: string;
  headers?: Readonly<Record<string, string>>;
  /** Keeps connections for the next request; each has one of its own otherwise. */
  agent?: Agent;
}

/** One HTTPS request, with redirects left alone. */
export async function ask(asked: Ask): Promise<Answer> {
  const { address = '127.0.0.1', port, trust, path, form } = asked;
  const body = asked.body ?? (form ? new URLSearchParams(form).toString() : undefined);
  const options: RequestOptions = {
    host: address,
    port,
    path,
    method: asked.method ?? (body === undefined ? 'GET' : 'POST'),
    ca: trust,
    agent: asked.agent ?? false,
    headers: {
      ...(asked.host === undefined ? {} : { host: asked.host }),
      ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
      ...asked.headers,
    },
  };
  return new Promise((resolve, reject) => {
    const sent = request(options, (response) => {
      text(response).then((received) => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: received,
          json: () => JSON.parse(received) as Record<string, unknown>,
        });
      }, reject);
    });
    sent.once('error', reject).end(body);
  });
}
