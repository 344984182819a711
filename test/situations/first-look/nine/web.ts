import { on } from '../faults.ts';
import type { PlainFault } from '../../plain-fault.ts';
import { ALL, APPLICATION, type PlaceName, SERVICES } from '../../site.ts';
import { type FirstLook, look } from '../situation.ts';

interface Page {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

const answer = (at: PlaceName | PlaceName[], endpoint: 'discovery' | 'token' | 'exchange', page: Page) =>
  ({ at, meets: { id: 'web-answer', web: { endpoint, ...page } } }) satisfies PlainFault;

/** A device in between knows no endpoints: all that goes to the sign-in hosts meets it. */
export const inTheWay = (page: Page): PlainFault[] => [
  answer(['login', 'alias'], 'discovery', page),
  answer('login', 'token', page),
];

const OF_A_DEVICE = {
  phase: ['http', 'token', 'proxy'],
  says: ['not-the-service', 'proxy-refuses'],
} as const;

export const OF_THE_WEB: readonly FirstLook[] = [
  look(
    'Cisco WSA wants NTLM of the application servers, within Microsoft’s TLS',
    'RFC 9110, 15.5.8; Via names the appliance.',
    on(
      APPLICATION,
      ...inTheWay({
        status: 407,
        headers: {
          'proxy-authenticate': 'NTLM',
          via: '1.1 wsa01.corp.example:80 (Cisco-WSA/14.5.1-016)',
        },
        body: '<html><title>Notification: Proxy Authorization Required</title>Notification codes: (1, PROXY_AUTH_REQUIRED)</html>',
      }),
    ),
    {
      on: APPLICATION,
      owner: 'proxy',
      ...OF_A_DEVICE,
      not: ['create-token-again', 'answer-says: sign-in refused', 'answer-says: client secret'],
    },
  ),
  look(
    'Zscaler sends svc02 to its own sign-in',
    'A 302 to gateway.zscalerthree.net: the service’s discovery document never redirects.',
    on(
      ['svc02'],
      ...inTheWay({
        status: 302,
        headers: { location: 'https://gateway.zscalerthree.net/auD?origurl=https%3A%2F%2Flogin' },
      }),
    ),
    {
      on: ['svc02'],
      owner: ['proxy', 'network'],
      ...OF_A_DEVICE,
      not: ['answer-says: registration', 'create-token-again', 'answer-says: unavailable'],
    },
  ),
  look(
    'a captive portal says 511 to the services servers',
    'RFC 6585, section 6: an intercepting proxy says it, never the origin.',
    on(
      SERVICES,
      ...inTheWay({
        status: 511,
        body: '<meta http-equiv="refresh" content="0; url=https://portal.example/login">',
      }),
    ),
    {
      on: SERVICES,
      owner: ['proxy', 'network'],
      ...OF_A_DEVICE,
      not: ['answer-says: unavailable', 'wait-and-see', 'create-token-again', 'answer-says: multi-factor'],
    },
  ),
  look(
    'ProxySG of Symantec cannot resolve the sign-in host for app03, and says so with 503',
    'The words are Blue Coat’s exception page, not Microsoft’s: the proxy’s own resolver is at fault.',
    on(
      ['app03'],
      ...inTheWay({
        status: 503,
        headers: { 'proxy-connection': 'close', via: '1.1 proxysg.corp.example' },
        body: '<title>Network Error</title><big>Network Error (dns_server_failure)</big><p>Your request could not be processed because an error occurred contacting the DNS server.',
      }),
    ),
    {
      on: ['app03'],
      owner: ['proxy', 'dns', 'network'],
      ...OF_A_DEVICE,
      not: ['answer-says: throttled', 'create-token-again', 'wait-and-see'],
    },
  ),
  look(
    'Netskope blocks svc01 and app01 with a page of status 200',
    'A page where JSON was asked for (RFC 8414, 3.2): a coaching page, whatever its status.',
    on(
      ['svc01', 'app01'],
      ...inTheWay({
        status: 200,
        body: '<!doctype html><title>Netskope - Blocked</title><p>Access to this application instance is not permitted by your company.',
      }),
    ),
    {
      on: ['svc01', 'app01'],
      owner: ['proxy', 'network'],
      ...OF_A_DEVICE,
      not: ['answer-says: sign-in refused', 'create-token-again', 'mailpath-at-fault'],
    },
  ),
  look(
    'Outlook’s web side is 451 to all servers but svc01',
    'RFC 7725: a legal demand; Link names the blocker, which is an operator and not Microsoft.',
    on(
      ['svc02', 'app01', 'app02', 'app03'],
      answer('exchange', 'exchange', {
        status: 451,
        headers: { link: '<https://operator.example/legal>; rel="blocked-by"' },
        body: '<h1>Unavailable For Legal Reasons</h1>',
      }),
    ),
    {
      on: ['svc02', 'app01', 'app02', 'app03'],
      phase: ['http', 'proxy'],
      owner: ['proxy', 'network'],
      says: ['not-the-service', 'proxy-refuses'],
      not: ['answer-says: unavailable', 'answer-says: sign-in refused', 'wait-and-see'],
    },
  ),
  look(
    'the token comes to all servers as half a JSON',
    'RFC 8259: cut within a string. Status 200 says that Entra ID gave one; what scans the answer cut it.',
    on(
      ALL,
      answer('login', 'token', {
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: '{"token_type":"Bearer","scope":"https://outlook.office.com/IMAP.AccessAsUser.All https://outl',
      }),
    ),
    {
      on: ALL,
      phase: ['token', 'http'],
      owner: ['proxy', 'network', 'microsoft', 'unknown'],
      says: ['answer-cut', 'not-the-service', 'answer-unknown'],
      not: [
        'create-token-again',
        'answer-says: client secret',
        'answer-says: grant ended',
        'mailpath-at-fault',
      ],
    },
  ),
];
