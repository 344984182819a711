import type { Cloud, Endpoint, StandardTarget, Task } from '@mailpath/protocol';
import { CLOUD_TARGETS } from '@mailpath/protocol';
import type { Check } from './check.ts';
import { httpsExchange } from './checks/https-exchange.check.ts';
import { httpsExternalUrl } from './checks/https-external-url.check.ts';
import { httpsReach } from './checks/https-reach.check.ts';
import { httpsRedirectUri } from './checks/https-redirect-uri.check.ts';
import { httpsSignInAlias } from './checks/https-sign-in-alias.check.ts';
import { httpsSignIn } from './checks/https-sign-in.check.ts';
import { imapMailbox } from './checks/imap-mailbox.check.ts';
import { imapTls } from './checks/imap-tls.check.ts';
import { mailRoundTrip } from './checks/mail-round-trip.check.ts';
import { pop3Mailbox } from './checks/pop3-mailbox.check.ts';
import { pop3Tls } from './checks/pop3-tls.check.ts';
import { smtpLogin } from './checks/smtp-login.check.ts';
import { smtpSubmission } from './checks/smtp-submission.check.ts';
import { tcpConnect } from './checks/tcp-connect.check.ts';
import { tlsHandshake } from './checks/tls-handshake.check.ts';
import { tokenAppOnly } from './checks/token-app-only.check.ts';
import { tokenDeviceCode } from './checks/token-device-code.check.ts';
import { tokenRedeem } from './checks/token-redeem.check.ts';
import { tokenRefresh } from './checks/token-refresh.check.ts';
import { needsLease } from './needs.ts';

/** Every check, in the order in which people read them. */
export const CATALOGUE: readonly Check[] = [
  httpsSignIn,
  httpsSignInAlias,
  httpsExchange,
  smtpSubmission,
  imapTls,
  pop3Tls,
  tcpConnect,
  tlsHandshake,
  httpsReach,
  httpsExternalUrl,
  httpsRedirectUri,
  tokenRedeem,
  tokenDeviceCode,
  tokenRefresh,
  tokenAppOnly,
  imapMailbox,
  pop3Mailbox,
  smtpLogin,
  mailRoundTrip,
];

/**
 * One task for each check that has a standard target and needs neither credentials nor what to ask with, aimed at the
 * cloud's hosts or at what replaces them.
 */
export function standardTasks(
  cloud: Cloud,
  overrides: Partial<Record<StandardTarget, Endpoint>> = {},
): Task[] {
  return CATALOGUE.flatMap(({ id, target: name, needs }) => {
    if (name === null || needsLease(needs) || needs === 'authorize-request') return [];
    const { host, port } = overrides[name] ?? CLOUD_TARGETS[cloud][name];
    return [{ check: id, target: { name, host, port } }];
  });
}
