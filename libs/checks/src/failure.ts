import type { Failure, FailureCode, Phase } from '@mailpath/protocol';
import { isIPv6 } from 'node:net';
import { evidenceText } from './evidence-text.ts';
import { unreachableWords } from './io/unreachable.ts';
import { DeadlinePassed, PathError } from './path-error.ts';

/** Where and when something went wrong. */
export interface Circumstances {
  phase: Phase;
  host: string;
  port: number;
  /** The address in use, once there was one. */
  address: string | null;
  /** How long the phase had been waiting, in milliseconds. */
  waitedMs: number;
  /** The proxy that is gone through, without its credentials. */
  proxy?: string | null;
}

/**
 * The one table from what Node, OpenSSL and the system say to the product's codes. A code that is not here is our own
 * fault.
 */
const CODES: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: 'not-found',
  ENODATA: 'not-found',
  EAI_NODATA: 'not-found',
  EAI_ADDRFAMILY: 'not-found',
  // getaddrinfo says EAI_AGAIN for SERVFAIL, REFUSED and time-out alike; c-ares tells them apart.
  EAI_AGAIN: 'resolver-failed',
  EAI_FAIL: 'resolver-failed',
  ESERVFAIL: 'resolver-failed',
  EREFUSED: 'resolver-failed',
  ETIMEOUT: 'resolver-failed',
  EBADRESP: 'resolver-failed',
  EFORMERR: 'resolver-failed',
  ENOTIMP: 'resolver-failed',
  EBADNAME: 'resolver-failed',
  EOF: 'resolver-failed',
  ENONAME: 'not-found',
  // Of what the system's resolver library may say beside these (getaddrinfo, RFC 3493, section 6.1).
  EAI_SERVICE: 'resolver-failed',
  EAI_FAMILY: 'resolver-failed',
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
  ENETUNREACH: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETDOWN: 'unreachable',
  EHOSTDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EAFNOSUPPORT: 'unreachable',
  // A firewall on this machine itself forbids the connection.
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  EPROTO: 'tls-failed',
};

/** The most telling first: an answer says more than silence, and no route for one family says the least. */
const TELLING: readonly FailureCode[] = ['refused', 'reset', 'closed', 'timeout', 'unreachable'];

const STEP: Readonly<Partial<Record<Phase, string>>> = {
  connect: 'the connection attempt',
  proxy: 'the request to connect',
  tls: 'the TLS handshake',
  greet: 'the greeting',
  starttls: 'STARTTLS',
  authenticate: 'the login',
  'open-mailbox': 'the opening of the mailbox',
  http: 'the HTTP request',
  token: 'the token request',
  send: 'the submission',
  receive: 'the delivery of the message',
};

const LATE: Readonly<Partial<Record<Phase, string>>> = {
  connect: 'did not answer the connection attempt',
  tls: 'did not complete the TLS handshake',
  greet: 'did not complete its greeting',
  starttls: 'did not answer STARTTLS',
  authenticate: 'did not complete the login',
  'open-mailbox': 'did not complete the opening of the mailbox',
  send: 'did not complete the submission',
  receive: 'took the message, which was not found in the mailbox',
  http: 'did not complete its answer to the HTTP request',
  token: 'did not complete its answer to the token request',
};

/**
 * The product's word for an error, looking through `cause` and AggregateError; null when nothing in it is the
 * network's.
 */
export function codeOf(error: unknown): FailureCode | null {
  if (error instanceof DeadlinePassed) return 'timeout';
  if (error instanceof PathError) return error.code;
  if (error instanceof AggregateError) return mostTelling(error.errors.map(codeOf)) ?? ownCode(error);
  if (!(error instanceof Error)) return null;
  return ownCode(error) ?? (error.cause === undefined ? null : codeOf(error.cause));
}

/** Of several codes the one to report; null when there is none. */
export function mostTelling(codes: readonly (FailureCode | null)[]): FailureCode | null {
  return TELLING.find((code) => codes.includes(code)) ?? codes.find((code) => code !== null) ?? null;
}

/** What Node or OpenSSL calls the error, such as `ECONNREFUSED`; null when it has no code. */
export function systemCodeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;
}

/** Any error as the failure of a result: phase, code, and one sentence that names host, port and address. */
export function failureOf(error: unknown, at: Circumstances): Failure {
  const code = codeOf(error) ?? 'internal';
  return { phase: at.phase, code, message: evidenceText(sentence(code, error, at)) };
}

/** `host:port`, with the address behind the name once there is one. */
export function placeOf(at: Pick<Circumstances, 'host' | 'port' | 'address'>): string {
  const place = `${isIPv6(at.host) ? `[${at.host}]` : at.host}:${at.port}`;
  return at.address === null || at.address === at.host ? place : `${place} (${at.address})`;
}

/** Milliseconds as a person reads them, such as `4.9 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}

function ownCode(error: Error): FailureCode | null {
  const code = systemCodeOf(error);
  if (code === null) return null;
  if (code.startsWith('ERR_SSL_')) return 'tls-failed';
  if (code.startsWith('HPE_')) return 'unexpected-reply';
  return CODES[code] ?? null;
}

function sentence(code: FailureCode, error: unknown, at: Circumstances): string {
  if (code === 'internal') return `Mailpath itself failed in the phase ${at.phase}: ${String(error)}`;
  if (at.phase === 'resolve') return resolveSentence(code, error, at);
  if (at.phase === 'proxy') return proxySentence(code, error, at);
  if (error instanceof PathError) return `${placeOf(at)} ${error.message}`;
  return `${placeOf(at)} ${deed(code, error, at)}`;
}

/** In the phase `proxy` it is the proxy that does, or fails to do, something; the target has not been spoken to. */
function proxySentence(code: FailureCode, error: unknown, at: Circumstances): string {
  const what = `${placeOf(at)} was not reached: the proxy ${at.proxy ?? ''}`;
  if (error instanceof PathError) return `${what} ${error.message}`;
  if (code === 'timeout') return `${what} did not answer within ${seconds(at.waitedMs)}`;
  const detail = systemCodeOf(error) ?? 'no detail';
  if (code === 'not-found') return `${what} has no address according to this machine's resolver (${detail})`;
  if (code === 'resolver-failed')
    return `${what} could not be looked up by this machine's resolver (${detail})`;
  return `${what} ${deed(code, error, at)}`;
}

function deed(code: FailureCode, error: unknown, at: Circumstances): string {
  const step = STEP[at.phase] ?? `the phase ${at.phase}`;
  const detail = systemCodeOf(error) ?? (error instanceof Error ? error.message : '');
  switch (code) {
    case 'timeout':
      return `${LATE[at.phase] ?? `did not complete ${step}`} within ${seconds(at.waitedMs)}`;
    case 'refused':
      return 'refused the connection';
    case 'reset':
      return `reset the connection during ${step}`;
    case 'closed':
      return `closed the connection during ${step}`;
    case 'unreachable':
      return unreachableWords(systemCodeOf(error));
    case 'tls-failed':
      return `failed the TLS handshake (${detail})`;
    default:
      return `failed ${step} (${detail})`;
  }
}

function resolveSentence(code: FailureCode, error: unknown, at: Circumstances): string {
  const detail = systemCodeOf(error);
  const said = detail === null ? '' : ` (${detail})`;
  if (code === 'not-found') return `${at.host} has no address according to this machine's resolver${said}`;
  if (code === 'timeout')
    return `this machine's resolver gave no answer for ${at.host} within ${seconds(at.waitedMs)}`;
  return `this machine's resolver gave no usable answer for ${at.host}${said}`;
}
