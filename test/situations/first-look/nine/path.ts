import { on, path } from '../faults.ts';
import type { PlainFault } from '../../plain-fault.ts';
import { APPLICATION, type PlaceName, SERVICES } from '../../site.ts';
import { type FirstLook, look } from '../situation.ts';

/** A device that lets the conversation go so far, and resets it. */
const resetAt = (at: PlaceName, step: string): PlainFault => ({
  at,
  meets: { id: 'mail-answer', mail: { step, lines: [], connection: 'resets' } },
});

export const OF_THE_PATH: readonly FirstLook[] = [
  look(
    'Palo Alto’s App-ID resets submission of the application servers once it has seen EHLO',
    'Rule by application: the port is let through until smtp-base is recognised. Greeted, then reset.',
    on(APPLICATION, resetAt('smtp', 'hello')),
    {
      on: APPLICATION,
      phase: ['greet', 'starttls'],
      owner: ['network', 'proxy'],
      says: 'connection-reset',
      not: ['port-closed', 'port-dropped', 'answer-says: sign-in refused', 'tls-intercepted'],
    },
  ),
  look(
    'Check Point’s IPS resets svc01 when it says STARTTLS',
    'RFC 3207, section 6: taking STARTTLS away is a known interference; the other four have no trouble.',
    on(['svc01'], resetAt('smtp', 'starttls')),
    {
      on: ['svc01'],
      phase: ['starttls', 'tls'],
      owner: ['network', 'proxy'],
      says: ['connection-reset', 'tls-handshake-cut'],
      not: ['port-closed', 'tls-old-version', 'answer-says: sign-in refused', 'tls-intercepted'],
    },
  ),
  look(
    'the first of two front ends of SMTP hangs up on svc02 as soon as it is there',
    'Names lead to several front ends (domain/endpoints.md, 6); the other one serves.',
    on(['svc02'], path('smtp', 'ended', { only: 'first' })),
    {
      on: ['svc02'],
      phase: ['greet', 'connect', 'starttls'],
      owner: ['microsoft', 'network', 'unknown'],
      says: 'one-address',
      not: ['port-closed', 'network-down', 'tls-intercepted'],
    },
  ),
  look(
    'IMAP stands under Microsoft’s certificate and says nothing to the services servers',
    'TLS came about with the right certificate, so no inspection; behind it nobody greets (RFC 9051, 7.1).',
    on(SERVICES, path('imap', 'silent-above-tls')),
    {
      on: SERVICES,
      phase: 'greet',
      owner: ['network', 'proxy', 'microsoft', 'unknown'],
      says: 'accepted-and-silent',
      not: ['port-dropped', 'tls-handshake-cut', 'answer-says: sign-in refused'],
    },
  ),
  look(
    'a host firewall of Sophos refuses app01 everything that goes out',
    'Every port of every host is refused on one server: one cause, and no token is a fault of its own.',
    on(['app01'], path(['login', 'alias', 'exchange', 'imap', 'pop3', 'smtp'], 'closed')),
    {
      on: ['app01'],
      phase: 'connect',
      owner: ['network', 'server-administrator'],
      says: ['network-down', 'port-closed'],
      not: ['create-token-again', 'dns-wrong-address', 'answer-says: unavailable', 'one-address'],
    },
  ),
];
