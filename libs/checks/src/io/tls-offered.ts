import type { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import { createSecureContext } from 'node:tls';
import type { CheckRun } from '../check.ts';
import { codeOf, systemCodeOf } from '../failure.ts';
import type { Hello } from './handshake.ts';
import { handshake } from './handshake.ts';
import type { Route } from './network.ts';
import { quietRoute } from './network.ts';
import { quietly } from './quiet-run.ts';

/** Makes a connection over again, up to where TLS begins. */
export type Again = (run: CheckRun, route: Route) => Promise<Socket>;

const LONGEST_LOOK_MS = 2_000;
/** OpenSSL's words for two ends that found no version, cipher or key in common: said by the other end, or by ours. */
const NOTHING_IN_COMMON =
  /ALERT_(?:PROTOCOL_VERSION|HANDSHAKE_FAILURE|INSUFFICIENT_SECURITY)$|UNSUPPORTED_PROTOCOL$|KEY_TOO_SMALL$/;

let everything: SecureContext | undefined;

/** Whether a handshake ended in a way that another version could have ended otherwise. */
export function mayBeVersion(error: unknown): boolean {
  const code = codeOf(error);
  return code === 'reset' || code === 'closed' || foundNothing(error);
}

/**
 * After a handshake that failed: connects once more and allows everything from TLS 1.0 on, only to learn which version
 * the other end takes; none when it refuses them all. Nothing is sent. What fails here is no failure of anything.
 */
export async function lookAtVersions(
  again: Again,
  hello: Hello,
  address: string,
  run: CheckRun,
  route: Route,
): Promise<void> {
  const controller = new AbortController();
  const { signal } = controller;
  const stop = () => controller.abort(new Error('the look has ended'));
  // Less than what is left, so that the deadline is not taken for the cause of what went before.
  const timer = setTimeout(stop, Math.min(LONGEST_LOOK_MS, route.deadline.remainingMs() / 2));
  run.signal.addEventListener('abort', stop, { once: true });
  try {
    const socket = await again(
      quietly(run, signal),
      quietRoute(route, async () => [address]),
    );
    const secured = await handshake(socket, { ...hello, context: allowingEverything() }, signal);
    run.record('tlsOffered', { versions: [secured.getProtocol() ?? 'unknown'] });
  } catch (error) {
    // Silence or another end than before tells nothing of versions.
    if (foundNothing(error)) run.record('tlsOffered', { versions: [] });
  } finally {
    clearTimeout(timer);
    run.signal.removeEventListener('abort', stop);
    stop();
  }
}

function foundNothing(error: unknown): boolean {
  const code = error instanceof Error ? systemCodeOf(error.cause ?? error) : null;
  return code !== null && NOTHING_IN_COMMON.test(code);
}

/**
 * Old servers have old keys and digests too, which OpenSSL takes at level 0 only. Nothing is believed of what is seen.
 */
function allowingEverything(): SecureContext {
  return (everything ??= createSecureContext({
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1.3',
    ciphers: 'DEFAULT@SECLEVEL=0',
    ca: [],
  }));
}
