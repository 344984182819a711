import type { Socket } from 'node:net';
import type { CheckRun } from '../check.ts';
import { codeOf, mostTelling, seconds } from '../failure.ts';
import type { Deadline } from '../deadline.ts';
import { stopwatch } from '../deadline.ts';
import { PathError } from '../path-error.ts';
import type { Route } from './network.ts';
import { connectByHttp } from './proxy-http.ts';
import type { ProxyEndpoint } from './proxy-url.ts';
import { proxyHost, proxyPort, shownProxy } from './proxy-url.ts';
import { connectBySocks } from './proxy-socks.ts';
import type { Door } from './dial.ts';
import { connected } from './dial.ts';
import type { Gate } from './gate.ts';
import { openTls, startTls } from './tls.ts';
import type { TLSSocket } from 'node:tls';

/** A slow link needs more than a moment, and one dead address of a proxy must not eat the time of the next. */
const LONGEST_DIAL_MS = 3_000;
const SHORTEST_DIAL_MS = 1_000;

/** What web servers call HTTP/1.1 in ALPN (RFC 7301, section 6). */
const HTTP = ['http/1.1'];

/** TLS to the target, through the proxy where there is one: phases `proxy` and `tls`, or those of the direct way. */
export async function openWeb(run: CheckRun, route: Route): Promise<TLSSocket> {
  const { proxy } = route;
  if (!proxy) return openTls(run, route, { alpn: HTTP });
  const again = (own: CheckRun, over: Route) => own.phase('proxy', () => throughProxy(proxy, own, over));
  return startTls(await again(run, route), run, route, { alpn: HTTP, again });
}

/** `connect` always means the target, so the way to the proxy, its name and its TCP included, is all `proxy`. */
async function throughProxy(proxy: ProxyEndpoint, run: CheckRun, { deadline, gate }: Route): Promise<Socket> {
  run.record('proxy', { url: shownProxy(proxy.url), status: null, reply: null });
  if (proxy.error) throw proxy.error;
  const socket = await dialProxy(proxy, gate, run.signal, deadline);
  return proxy.url.protocol === 'http:'
    ? connectByHttp(socket, proxy.url, run)
    : connectBySocks(socket, proxy.url, run, deadline);
}

async function dialProxy(
  { url, addresses }: ProxyEndpoint,
  gate: Gate,
  signal: AbortSignal,
  deadline: Deadline,
): Promise<Socket> {
  const errors: unknown[] = [];
  const elapsed = stopwatch();
  const door: Door = { host: proxyHost(url), port: proxyPort(url), for: 'proxy', gate };
  for (const [index, address] of addresses.entries()) {
    const share = deadline.remainingMs() / (addresses.length - index + 1);
    const limitMs = Math.min(LONGEST_DIAL_MS, Math.max(SHORTEST_DIAL_MS, share));
    try {
      return await connected(address, door, limitMs, signal);
    } catch (error) {
      // The next address is tried, unless the time is over or it was no fault of the path.
      if (codeOf(error) === null || signal.aborted) throw error;
      errors.push(error);
    }
  }
  if (errors.length === 1 && !(errors[0] instanceof PathError)) throw errors[0];
  const code = mostTelling(errors.map(codeOf)) ?? 'timeout';
  const waited = code === 'timeout' ? ` within ${seconds(elapsed())}` : '';
  throw new PathError(code, `could not be reached${waited} (${addresses.join(', ')})`);
}
