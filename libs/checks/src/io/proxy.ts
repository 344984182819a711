import type { Socket } from 'node:net';
import type { Probe } from '../check.ts';
import { codeOf, mostTelling, seconds } from '../failure.ts';
import { stopwatch } from '../deadline.ts';
import { PathError } from '../path-error.ts';
import { connectByHttp } from './proxy-http.ts';
import type { ProxyWay } from './proxy-url.ts';
import { proxyPort, shownProxy } from './proxy-url.ts';
import { connectBySocks } from './proxy-socks.ts';
import { connected } from './tcp.ts';
import { openTls, startTls } from './tls.ts';
import type { TLSSocket } from 'node:tls';

/** A slow link needs more than a moment, and one dead address of a proxy must not eat the time of the next. */
const LONGEST_DIAL_MS = 3_000;
const SHORTEST_DIAL_MS = 1_000;

/** What web servers call HTTP/1.1 in ALPN (RFC 7301, section 6). */
const HTTP = ['http/1.1'];

/** TLS to the target, through the proxy where there is one: phases `proxy` and `tls`, or those of the direct way. */
export async function openWeb(probe: Probe): Promise<TLSSocket> {
  const { proxy } = probe;
  if (!proxy) return openTls(probe, { alpn: HTTP });
  const again = (through: Probe) => through.phase('proxy', () => throughProxy(proxy, through));
  return startTls(await again(probe), probe, { alpn: HTTP, again });
}

/** `connect` always means the target, so the way to the proxy, its name and its TCP included, is all `proxy`. */
async function throughProxy(proxy: ProxyWay, probe: Probe): Promise<Socket> {
  probe.record('proxy', { url: shownProxy(proxy.url), status: null, reply: null });
  if (proxy.error) throw proxy.error;
  const socket = await dialProxy(proxy, probe);
  return proxy.url.protocol === 'http:'
    ? connectByHttp(socket, proxy.url, probe)
    : connectBySocks(socket, proxy.url, probe);
}

async function dialProxy({ url, addresses }: ProxyWay, probe: Probe): Promise<Socket> {
  const errors: unknown[] = [];
  const elapsed = stopwatch();
  for (const [index, address] of addresses.entries()) {
    const share = probe.deadline.remainingMs() / (addresses.length - index + 1);
    const limitMs = Math.min(LONGEST_DIAL_MS, Math.max(SHORTEST_DIAL_MS, share));
    try {
      return await connected(address, proxyPort(url), limitMs, probe.signal);
    } catch (error) {
      // The next address is tried, unless the time is over or it was no fault of the path.
      if (codeOf(error) === null || probe.signal.aborted) throw error;
      errors.push(error);
    }
  }
  if (errors.length === 1 && !(errors[0] instanceof PathError)) throw errors[0];
  const code = mostTelling(errors.map(codeOf)) ?? 'timeout';
  const waited = code === 'timeout' ? ` within ${seconds(elapsed())}` : '';
  throw new PathError(code, `could not be reached${waited} (${addresses.join(', ')})`);
}
