import type { IncomingMessage, ServerResponse } from 'node:http';

const FORM = 'application/x-www-form-urlencoded';

/** More than any request of OAuth has. */
const LONGEST_BODY = 64 * 1024;

/** The body is longer than it may be; it was not read to its end. */
export class BodyTooLong extends Error {
  override readonly name = 'BodyTooLong';
}

/** The whole body as text. */
export async function readBody(request: IncomingMessage, longest = LONGEST_BODY): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longest) throw new BodyTooLong(`The body is longer than ${longest} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A form as a browser or an OAuth client posts it; null for any other type of content. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | null> {
  const type = request.headers['content-type'] ?? '';
  const body = await readBody(request);
  return type.toLowerCase().startsWith(FORM) ? new URLSearchParams(body) : null;
}

type Headers = Record<string, string>;

/** Answers to sign-ins are for nobody's cache (RFC 6749, section 5.1). */
const FRESH = { 'cache-control': 'no-store', pragma: 'no-cache' };

export function sendJson(response: ServerResponse, status: number, body: unknown, headers?: Headers): void {
  response
    .writeHead(status, { ...FRESH, 'content-type': 'application/json; charset=utf-8', ...headers })
    .end(JSON.stringify(body));
}

export function sendHtml(response: ServerResponse, status: number, body: string, headers?: Headers): void {
  response
    .writeHead(status, { ...FRESH, 'content-type': 'text/html; charset=utf-8', ...headers })
    .end(`<!DOCTYPE html>\n${body}\n`);
}

export function sendRedirect(response: ServerResponse, location: string): void {
  response.writeHead(302, { ...FRESH, location }).end();
}

/** Text between tags or in a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
