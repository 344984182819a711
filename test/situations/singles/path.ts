import { ALL, APPLICATION, SERVICES } from '../site.ts';
import { single, type Situation } from '../situation.ts';

const of = (cause: string, items = 'C10') => ({ cause, owner: 'network', items }) as const;
const refused = of('connect.refused');
const dropped = of('connect.timeout');
const noRoute = of('connect.unreachable');
const hostClosed = of('connect.host-closed');
const mailPorts = of('connect.mail-ports');
const someAddresses = of('connect.some-addresses');
const familyDead = of('connect.family-dead');

/** Connections that do not come up, or not by every way. */
export const OF_THE_PATH: readonly Situation[] = [
  single('a firewall refuses svc01 on IMAP', ['svc01'], 'IMAP is refused', refused),
  single('a firewall refuses app01 on POP3', ['app01'], 'POP3 is refused', refused),
  single('a firewall refuses app03 on SMTP', ['app03'], 'SMTP is refused', refused),
  single('a firewall refuses svc02 at the sign-in host', ['svc02'], 'the sign-in host is refused', refused),
  single(
    'a firewall refuses app02 at the web side of Outlook',
    ['app02'],
    'the web side of Outlook is refused',
    refused,
  ),
  single('a firewall refuses all application servers on SMTP', APPLICATION, 'SMTP is refused', refused),
  single('a firewall refuses all services servers on IMAP', SERVICES, 'IMAP is refused', refused),
  single('a firewall refuses everybody on SMTP', ALL, 'SMTP is refused', refused),
  single(
    'a firewall refuses two servers of both roles on IMAP',
    ['svc02', 'app03'],
    'IMAP is refused',
    refused,
  ),
  single('a firewall drops what svc02 sends to IMAP', ['svc02'], 'IMAP is dropped', dropped),
  single('a firewall drops what app01 sends to POP3', ['app01'], 'POP3 is dropped', dropped),
  single('a firewall drops what app02 sends to SMTP', ['app02'], 'SMTP is dropped', dropped),
  single(
    'a firewall drops what app01 sends to the sign-in host',
    ['app01'],
    'the sign-in host is dropped',
    dropped,
  ),
  single('a firewall drops what services servers send to SMTP', SERVICES, 'SMTP is dropped', dropped),
  single('a firewall drops what everybody sends to IMAP', ALL, 'IMAP is dropped', dropped),
  single('a firewall drops what application servers send to POP3', APPLICATION, 'POP3 is dropped', dropped),
  single(
    'a firewall drops all of one server of each role at the sign-in host',
    ['svc01', 'app02'],
    'the sign-in host is dropped',
    dropped,
  ),
  single('svc01 has no route to the SMTP host', ['svc01'], 'there is no route to the SMTP host', noRoute),
  single(
    'app03 has no route to the sign-in host',
    ['app03'],
    'there is no route to the sign-in host',
    noRoute,
  ),
  single('nobody has a route to the SMTP host', ALL, 'there is no route to the SMTP host', noRoute),
  single(
    'app01 is refused at the Outlook host on all ports',
    ['app01'],
    'the Outlook host is refused on all ports',
    hostClosed,
  ),
  single(
    'svc01 is not answered by the Outlook host on any port',
    ['svc01'],
    'the Outlook host is dropped on all ports',
    hostClosed,
  ),
  single(
    'app02 has no route to the Outlook host',
    ['app02'],
    'there is no route to the Outlook host',
    hostClosed,
  ),
  single(
    'everybody is refused at the Outlook host on all ports',
    ALL,
    'the Outlook host is refused on all ports',
    hostClosed,
  ),
  single(
    'the firewall lets app03 out to the web and not to mail',
    ['app03'],
    'all mail ports are refused',
    mailPorts,
  ),
  single(
    'the firewall drops whatever svc02 sends to mail ports',
    ['svc02'],
    'all mail ports are dropped',
    mailPorts,
  ),
  single('the firewall lets nobody out to mail', ALL, 'all mail ports are refused', mailPorts),
  single(
    'the firewall lets app02 out to mail and not to the web',
    ['app02'],
    'the web port is refused on all hosts',
    of('connect.port-closed'),
  ),
  single(
    'svc01 has lost its network',
    ['svc01'],
    'there is no route to anywhere',
    of('server.offline', 'C9'),
  ),
  single(
    'one address of Outlook is dead for svc01',
    ['svc01'],
    'one of two addresses of the Outlook host is dead',
    someAddresses,
  ),
  single(
    'one address of the sign-in host is dead for all',
    ALL,
    'one of two addresses of the sign-in host is dead',
    someAddresses,
  ),
  single('IPv6 to Outlook is dead from app01', ['app01'], 'IPv6 to the Outlook host is dead', familyDead),
  single('IPv6 is dead on app03', ['app03'], 'IPv6 is dead', familyDead),
];

const proxyDenies = { cause: 'proxy.denies', owner: 'proxy', items: 'X6' } as const;
const proxyGone = { cause: 'proxy.unreachable', owner: 'proxy', items: 'X6' } as const;
const clockWrong = { cause: 'clock.wrong', owner: 'server-administrator', items: 'X9' } as const;

const far = of('path.latency');

/** Proxies on the way, distances, and clocks. */
export const OF_PROXY_AND_CLOCK: readonly Situation[] = [
  single('the proxy of app01 wants a sign-in', ['app01'], 'the proxy wants a sign-in', proxyDenies),
  single('the proxy of svc02 forbids Microsoft', ['svc02'], 'the proxy forbids Microsoft', proxyDenies),
  single('the proxy of app03 is switched off', ['app03'], 'the proxy is not there', proxyGone),
  single(
    'the proxy wants a sign-in of all application servers',
    APPLICATION,
    'the proxy wants a sign-in',
    proxyDenies,
  ),
  single('the proxy of all servers forbids Microsoft', ALL, 'the proxy forbids Microsoft', proxyDenies),
  single('the clock of app02 is ten minutes ahead', ['app02'], 'its clock is ten minutes ahead', clockWrong),
  single(
    'the clock of svc01 is ten minutes behind',
    ['svc01'],
    'its clock is ten minutes behind',
    clockWrong,
  ),
  single('the clock of app03 is two minutes ahead', ['app03'], 'its clock is two minutes ahead', clockWrong),
  single('the way of svc02 is long', ['svc02'], 'its way is 500 ms longer', far),
  single('the way of two application servers is long', ['app01', 'app03'], 'its way is 500 ms longer', far),
];
