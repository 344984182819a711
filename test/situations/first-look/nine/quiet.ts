import { on, path, resolver, says } from '../faults.ts';
import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { type FirstLook, nothingToSay } from '../situation.ts';

export const QUIET: readonly FirstLook[] = [
  nothingToSay(
    'no name has an IPv6 address for the application servers',
    'A network of IPv4 alone, whose resolver leaves AAAA empty: RFC 4074, section 4, as it should be.',
    on(APPLICATION, resolver({ id: 'dns-nodata', family: 6 })),
  ),
  nothingToSay(
    'the resolver of svc01 does not know EDNS and answers without',
    'RFC 6891, section 7: FORMERR once, then the address. Nothing is lost.',
    on(['svc01'], resolver({ id: 'dns-formerr-edns' })),
  ),
  nothingToSay(
    'answers to the services servers need TCP, which is open',
    'RFC 7766: what TC is for.',
    on(SERVICES, resolver({ id: 'dns-truncated', tcp: 'open' })),
  ),
  nothingToSay(
    'the clock of app02 is 40 seconds ahead',
    'Entra ID and Exchange allow five minutes (RFC 7519, 4.1.4: some leeway).',
    on(['app02'], { machine: { aheadMs: 40_000 } }),
  ),
  nothingToSay(
    'the services servers stand a hemisphere away',
    'A tenth of a second for each connection is a distance and no fault.',
    on(SERVICES, { machine: { farMs: 100 } }),
  ),
  nothingToSay(
    'all servers meet TLS 1.2 and nothing newer',
    'domain/endpoints.md, 4: 1.2 is what Microsoft wants.',
    on(ALL, path(['login', 'exchange', 'imap', 'smtp'], 'tls-1.2')),
  ),
  nothingToSay(
    'IMAP greets as its newer front ends do',
    'domain/exchange-errors.md, A2: tcpproxy in the greeting is Microsoft’s own.',
    on(
      SERVICES,
      says('imap', 'greeting', '* OK Microsoft Exchange IMAP4 service is ready. (tcpproxy/15.20.9137.005)'),
    ),
  ),
  nothingToSay(
    'SMTP turned the first connection of app03 away, and took the second',
    'RFC 5321, 4.5.4.1: 421 is met by coming again. A second look a moment later was greeted.',
    on(['app03'], says('smtp', 'greeting', '421 4.3.2 Service not active', { ends: true, times: 1 })),
  ),
  nothingToSay(
    'the second front end of Outlook greets in other words',
    'Names lead to several front ends; both serve (domain/endpoints.md, 6).',
    on(SERVICES, resolver({ id: 'dns-addresses', of: 'outlook', addresses: ['second', 'right'] })),
  ),
];
