import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { on, path, resolver, says } from '../faults.ts';
import { type FirstLook, nothingToSay } from '../situation.ts';

/** What looks unusual and is well: nobody may be sent to anybody. */
export const QUIET: readonly FirstLook[] = [
  nothingToSay(
    'app03 is on another continent',
    '180 ms to everything: far, and not slow.',
    on(['app03'], { machine: { farMs: 180 } }),
  ),
  nothingToSay(
    'all of Microsoft speaks TLS 1.2 and nothing newer',
    'RFC 5246 is still good enough for Exchange Online.',
    on(ALL, path(['login', 'alias', 'exchange', 'imap', 'pop3', 'smtp'], 'tls-1.2')),
  ),
  nothingToSay(
    'no name has an IPv6 address for the services servers',
    'The question is answered: there is none.',
    on(SERVICES, resolver({ id: 'dns-nodata', family: 6 })),
  ),
  nothingToSay(
    'the Outlook host is an alias of an alias for the application servers',
    'As Microsoft’s own names are, and it ends at the right address.',
    on(
      APPLICATION,
      resolver({
        id: 'dns-alias',
        of: 'outlook',
        aliases: ['ooc-g2.example', 'outlook-ms-acdc.example'],
        addresses: ['right'],
      }),
    ),
  ),
  nothingToSay(
    'the clock of svc01 is 45 seconds ahead',
    'Tokens and certificates bear minutes.',
    on(['svc01'], { machine: { aheadMs: 45_000 } }),
  ),
  nothingToSay(
    'SMTP greets in two lines',
    'RFC 5321 allows a greeting of several lines.',
    on(
      ALL,
      says('smtp', 'greeting', [
        '220-AM0PR04CA0012.outlook.office365.com Microsoft ESMTP MAIL Service ready',
        '220 at Sat, 28 Nov 2026 10:00:00 +0000',
      ]),
    ),
  ),
];
