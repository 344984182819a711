import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CannotStart } from '../cannot-start.ts';
import { BodyTooLong, readBody, sendJson } from '../web/message.ts';
import { Refusal } from './refusal.ts';
import { answerControl, type Controlled } from './routes.ts';

const HOST = '127.0.0.1';
const LONGEST_BODY = 1024 * 1024;

/** Names by which a person reaches this machine itself; a page of another site that is led here has another. */
const OWN_NAMES = ['127.0.0.1', 'localhost', '[::1]'];

/** The interface by which the stand-in is changed while it runs. */
export async function startControl(
  standIn: Controlled,
  port: number,
): Promise<{ url: string; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    void answer(standIn, request, response);
  });
  await listening(server, port);
  return {
    url: `http://${HOST}:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new CannotStart(`${HOST}:${port} is in use already: give another port with --control-port`)
          : error,
      ),
    );
    server.listen({ host: HOST, port }, resolve);
  });
}

async function answer(
  standIn: Controlled,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    requireOwnName(request);
    const { method = 'GET' } = request;
    const path = pathOf(request.url ?? '/');
    const { status, text, json } = await answerControl(standIn, {
      method,
      path,
      body: await bodyOf(request),
    });
    if (json !== undefined) sendJson(response, status, json);
    else if (text === undefined) response.writeHead(status).end();
    else response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(text);
  } catch (error) {
    refuse(response, toRefusal(error));
  }
}

/** Anything that is no refusal is a fault of the stand-in itself, which is told to whoever runs it. */
function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof BodyTooLong) return new Refusal(413, 'payload-too-large', error.message);
  return new Refusal(500, 'internal', `The stand-in failed: ${String(error)}`);
}

function refuse(response: ServerResponse, { status, problem }: Refusal): void {
  const headers = {
    'content-type': 'application/problem+json',
    ...(status === 413 ? { connection: 'close' } : {}),
  };
  response.writeHead(status, headers).end(JSON.stringify(problem));
}

function requireOwnName(request: IncomingMessage): void {
  const host = request.headers.host?.replace(/:\d+$/, '').toLowerCase() ?? '';
  if (OWN_NAMES.includes(host)) return;
  throw new Refusal(403, 'forbidden', `Call it by ${HOST}: the Host header names another machine.`);
}

function pathOf(url: string): string[] {
  const parsed = URL.parse(url, `http://${HOST}`);
  try {
    if (parsed) return parsed.pathname.slice(1).split('/').map(decodeURIComponent);
  } catch {
    // Said below, as for any other path that is none.
  }
  throw new Refusal(400, 'validation', 'The path of the request cannot be decoded.');
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const text = await readBody(request, LONGEST_BODY);
  if (text === '') return undefined;
  // A form of another site's page cannot send this type without being asked first.
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new Refusal(
      415,
      'unsupported-media-type',
      'Send JSON, with the header Content-Type: application/json.',
    );
  }
  try {
    return JSON.parse(text);
  } catch {
    // What was wrong with it, a person sees best in the text itself.
    throw new Refusal(400, 'validation', 'The body is not valid JSON. Check quotes, commas and brackets.');
  }
}
