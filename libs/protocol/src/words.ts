/**
 * The closed lists of the product: every word that a result, a finding or a comparison may use.
 * A new word needs a new protocol version (see PROTOCOL_VERSION): an older API would refuse it.
 */
import { z } from 'zod';
import { refusedWith } from './bilingual.ts';

/**
 * What came of one execution of one check. `warn`: a client gets through, but not by every way it may take.
 * `throttled`: the other end asked to slow down, which says nothing about the path, the token or the mailbox.
 */
export const Outcome = z.enum(['pass', 'warn', 'fail', 'throttled', 'skipped']).meta({ id: 'Outcome' });
export type Outcome = z.infer<typeof Outcome>;

/**
 * The named steps of a check, in the order a connection walks them. The phase that failed is the place where the path
 * broke.
 */
export const Phase = z
  .enum([
    'resolve',
    'connect',
    'proxy',
    'tls',
    'greet',
    'starttls',
    'authenticate',
    'open-mailbox',
    'http',
    'token',
    'send',
    'receive',
  ])
  .meta({ id: 'Phase' });
export type Phase = z.infer<typeof Phase>;

/**
 * Why a phase failed.
 *
 * - `not-found`: the name does not exist (NXDOMAIN, or no address behind it)
 * - `resolver-failed`: no resolver gave a usable answer (SERVFAIL, REFUSED or time-out; the system does not say which)
 * - `refused`: the other end, or a firewall in its name, answered SYN with RST
 * - `unreachable`: no route, or a router or firewall answered with ICMP
 * - `reset`: the connection stood and was cut by RST
 * - `closed`: the connection stood and was ended by the other end (FIN) before the step was done
 * - `timeout`: nothing came before the deadline
 * - `untrusted`: TLS stood, but the certificate is not valid for this name on this machine
 * - `tls-failed`: the TLS handshake itself failed (alert, version, not TLS at all)
 * - `unexpected-reply`: the other end answered, but not what the protocol asks for
 * - `denied`: the other end understood, and said no for good: a refused login, mailbox, sender or token request
 * - `unavailable`: the other end understood, and said that it cannot now: worth another try later
 * - `throttled`: the other end asked to slow down; the outcome is `throttled` then, and never `fail`
 * - `internal`: Mailpath's own fault; never counted as the network's
 */
export const FailureCode = z
  .enum([
    'not-found',
    'resolver-failed',
    'refused',
    'unreachable',
    'reset',
    'closed',
    'timeout',
    'untrusted',
    'tls-failed',
    'unexpected-reply',
    'denied',
    'unavailable',
    'throttled',
    'internal',
  ])
  .meta({ id: 'FailureCode' });
export type FailureCode = z.infer<typeof FailureCode>;

/**
 * What an ECE machine does; small installations hold both on one machine, so a server has a set of them (S47 to S50).
 */
export const Role = z.enum(['services', 'application']).meta({ id: 'Role' });
export type Role = z.infer<typeof Role>;

/** A server's roles: at least one, none twice. */
export const Roles = z
  .array(Role)
  .min(
    1,
    refusedWith({
      en: 'name at least one role: services, application',
      ja: '役割を 1 つ以上指定してください：services、application',
    }),
  )
  .max(2)
  .refine(
    (roles) => new Set(roles).size === roles.length,
    refusedWith({ en: 'name each role once', ja: '同じ役割を 2 回指定しないでください' }),
  )
  .meta({ uniqueItems: true });

/** Microsoft's separate clouds, each with sign-in and mail hosts of its own. */
export const Cloud = z.enum(['worldwide', 'gcc-high', 'dod', 'china']).meta({ id: 'Cloud' });
export type Cloud = z.infer<typeof Cloud>;

/** How the site fetches mail (S36, S65). `undecided` treats both as wanted. */
export const InboundProtocol = z.enum(['imap', 'pop3', 'undecided']).meta({ id: 'InboundProtocol' });
export type InboundProtocol = z.infer<typeof InboundProtocol>;
