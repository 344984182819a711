import { SINGLES } from './singles.ts';
import type { Situation } from './situation.ts';

const named = (name: string): Situation => {
  const one = SINGLES.find((each) => each.name === name);
  if (!one) throw new Error(`there is no single fault "${name}"`);
  return one;
};

/** Both at the same time: each must be found as if the other were not there. */
const both = (first: string, second: string): Situation => {
  const of = [named(first), named(second)];
  return {
    name: `${first}, and ${second}`,
    faults: of.flatMap(({ faults }) => faults),
    expected: of.flatMap(({ expected }) => expected),
  };
};

const ON_DIFFERENT_SERVERS: readonly Situation[] = [
  both('a firewall refuses svc01 on IMAP', 'an inspector opens the SMTP of app02'),
  both('the resolver of app02 fails on every name', 'a firewall drops what svc02 sends to IMAP'),
  both('app01 finds no sign-in host', 'a firewall refuses app03 on SMTP'),
  both('the proxy of app01 wants a sign-in', 'Conditional Access blocks the place of svc02'),
  both('the clock of app02 is ten minutes ahead', 'an inspector opens the IMAP of svc01'),
  both('the hosts file of app02 has an old address of Outlook', 'svc01 has no route to the SMTP host'),
  both('svc01 has lost its network', 'a firewall refuses app01 on POP3'),
  both('app02 trusts the inspector of all its TLS', 'STARTTLS is taken out of the SMTP of app01'),
  both('the firewall lets app03 out to the web and not to mail', 'IMAP is not available to svc01'),
  both('IPv6 is dead on app03', 'svc02 gets a web page from IMAP'),
  both('one address of Outlook is dead for svc01', 'the proxy of app03 is switched off'),
  both('svc01 meets TLS 1.1 at IMAP', 'app03 is not greeted by SMTP'),
  both('svc02 is shown an expired certificate at IMAP', 'svc01 is not greeted by IMAP'),
  both('a web filter blocks the sign-in of svc01', 'Conditional Access blocks the place of app01'),
  both('the TLS handshake of app03 with SMTP is reset', 'one of the two resolvers of svc01 refuses it'),
  both('app03 is shown a certificate for another name at SMTP', 'SMTP is not available to app02'),
  both('IMAP refuses the token of svc02 alone', 'app01 is let in by the sign-in host and not answered'),
  both(
    'a firewall refuses app02 at the web side of Outlook',
    'multi-factor authentication is wanted of svc01 alone',
  ),
  both('an inspector masks what SMTP offers to svc01', 'SMTP asks app01 to slow down'),
  both('large packets of svc02 are lost', 'app01 is refused at the Outlook host on all ports'),
  both('the resolver of svc01 is dead', 'the clock of app03 is two minutes ahead'),
  both('app03 asks a resolver that knows nothing of the Internet', 'an inspector opens the sign-in of app01'),
  both('svc02 finds no Outlook host', 'an inspector opens all TLS of app03'),
  both('the way of svc02 is long', 'a firewall refuses app03 on SMTP'),
];

const IN_THE_TENANT_AND_ON_A_SERVER: readonly Situation[] = [
  both('SMTP AUTH is off for a mailbox', 'a firewall refuses svc01 on IMAP'),
  both('the shared account has no full access', 'a firewall refuses app03 on SMTP'),
  both('a mailbox is full', 'an inspector opens the sign-in of app01'),
  both('the password of the user was changed', 'app02 is led to POP3 on the port of IMAP'),
  both('the redirect URI is not the registered one', 'a firewall drops what app02 sends to SMTP'),
  both('multi-factor authentication was switched on', 'a firewall refuses app01 on POP3'),
  both('the client secret has expired', 'the clock of app02 is ten minutes ahead'),
  both('IMAP is off for a mailbox', 'the shared account may not send as the mailbox'),
  both('the token lacks the permission to send', 'app03 trusts the inspector of its sign-in'),
  both('a firewall refuses everybody on SMTP', 'IMAP is off for a mailbox'),
  both('IMAP asks to slow down', 'SMTP AUTH is off in the tenant'),
  both('Entra ID throttles the tenant', 'a firewall drops what svc02 sends to IMAP'),
];

const ON_ONE_SERVER: readonly Situation[] = [
  both('a firewall refuses svc01 on IMAP', 'svc01 has no route to the SMTP host'),
  both('a firewall refuses app02 at the web side of Outlook', 'an inspector opens the SMTP of app02'),
  both('svc02 gets a web page from IMAP', 'Conditional Access blocks the place of svc02'),
  both('a firewall refuses app01 on POP3', 'Conditional Access blocks the place of app01'),
  both('a firewall refuses app03 on SMTP', 'the clock of app03 is two minutes ahead'),
  both('an inspector masks what SMTP offers to svc01', 'svc01 meets TLS 1.1 at IMAP'),
  both('the proxy of app03 is switched off', 'app03 is led to IMAP on the port of POP3'),
  both('the clock of app02 is ten minutes ahead', 'SMTP is not available to app02'),
  both('the proxy of svc02 forbids Microsoft', 'a firewall drops what svc02 sends to IMAP'),
  both('app01 meets TLS 1.1 at SMTP', 'app01 gets a web page from POP3'),
  both('IMAP is not available to svc01', 'the clock of svc01 is ten minutes behind'),
];

/** Two things that are wrong at the same time, neither of which hides the other. */
export const PAIRS: readonly Situation[] = [
  ...ON_DIFFERENT_SERVERS,
  ...IN_THE_TENANT_AND_ON_A_SERVER,
  ...ON_ONE_SERVER,
];
