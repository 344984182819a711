import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_COOKIE } from '../../platform/http/caller.ts';

export const SESSION_SECONDS = 12 * 60 * 60;

const TOKEN = /^[\w-]{43}$/;

/** What the session's cookie holds; null where none came along, or none of ours. */
export function cookieOf({ headers }: FastifyRequest): string | null {
  const begin = `${SESSION_COOKIE}=`;
  const ours = (headers.cookie ?? '').split(';').map((each) => each.trim());
  const token = ours.find((each) => each.startsWith(begin))?.slice(begin.length) ?? '';
  return TOKEN.test(token) ? token : null;
}

/**
 * Whether a request comes from our own page. A browser says so itself in Sec-Fetch-Site (Fetch Metadata): SameSite
 * alone lets another port of the same host in. What only reads is answered to nobody but a page of the same origin.
 */
export const isOurs = ({ method, headers }: FastifyRequest): boolean =>
  method === 'GET' || method === 'HEAD' || headers['sec-fetch-site'] === 'same-origin';

function set(request: FastifyRequest, reply: FastifyReply, value: string, seconds: number): void {
  const secure = request.protocol === 'https' ? '; Secure' : '';
  void reply.header(
    'set-cookie',
    `${SESSION_COOKIE}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${secure}`,
  );
}

export const giveCookie = (request: FastifyRequest, reply: FastifyReply, token: string): void =>
  set(request, reply, token, SESSION_SECONDS);

export const takeCookie = (request: FastifyRequest, reply: FastifyReply): void => set(request, reply, '', 0);
