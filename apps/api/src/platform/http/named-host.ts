import { isIP } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TrustedProxies } from '../caller-address.ts';
import type { ApiConfig } from '../config.ts';
import { MailpathError } from '../errors.ts';
import { notThisName } from '../refusals.ts';

/** `Host` without its port; an address in brackets is one of IPv6. */
export function hostOf(authority: string): string {
  if (authority.startsWith('[')) return authority.slice(1, Math.max(1, authority.indexOf(']')));
  return (authority.split(':', 1)[0] ?? '').toLowerCase();
}

/** Headers that a browser sets, and no page can. */
const isBrowser = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;

/** Whether a browser may have meant us by this name. An address and `localhost` are nobody else's to give out. */
export const isNamed = (host: string, publicUrl: string): boolean =>
  host === new URL(publicUrl).hostname || host === 'localhost' || isIP(host) !== 0;

/**
 * Refuses a browser that came by a name which is not Mailpath's: a page may have its own name lead to our address once
 * it is loaded (DNS rebinding), and is then of one origin with us. Programs and agents come by any name, and prove who
 * they are; a proxy that was set may put a name of its own there.
 */
export function refuseOtherNames(http: FastifyInstance, config: ApiConfig): void {
  const publicUrl = config.MAILPATH_PUBLIC_URL;
  if (publicUrl === undefined) return;
  const proxies = new TrustedProxies(config.MAILPATH_TRUSTED_PROXIES);
  http.addHook('onRequest', (request, _reply, next) => {
    const isOther = !isNamed(hostOf(request.headers.host ?? ''), publicUrl);
    if (isOther && isBrowser(request) && !proxies.has(request.socket.remoteAddress ?? ''))
      return next(new MailpathError('forbidden', notThisName()));
    next();
  });
}
