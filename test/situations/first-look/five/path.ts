import { ALL, APPLICATION, SERVICES } from '../../site.ts';
import { on, path, resolver } from '../faults.ts';
import { type FirstLook, look } from '../situation.ts';

const dns = { phase: 'resolve', owner: 'dns' } as const;
const network = { owner: 'network' } as const;
const MAIL = ['imap', 'pop3', 'smtp'] as const;
const EVERYWHERE = ['login', 'alias', 'exchange', ...MAIL] as const;

export const OF_THE_PATH: readonly FirstLook[] = [
  look(
    'mail is closed for svc01',
    'All three ports of mail are refused, and the web is open.',
    on(['svc01'], path(MAIL, 'closed')),
    { on: ['svc01'], ...network, phase: 'connect', says: 'port-closed', not: 'network-down' },
  ),
  look(
    'an inspector opens everything of the services servers',
    'One authority of the company at every place.',
    on(SERVICES, path(EVERYWHERE, 'other-authority')),
    {
      on: SERVICES,
      phase: ['tls', 'starttls'],
      owner: ['proxy', 'network'],
      says: 'tls-intercepted',
      not: 'tls-root-missing',
    },
  ),
  look(
    'the certificate of the sign-in host ran out, for everybody',
    'Expired at one place, from all servers.',
    on(ALL, path('login', 'certificate-expired')),
    {
      on: ALL,
      phase: 'tls',
      owner: ['proxy', 'network', 'microsoft'],
      says: 'tls-certificate-expired',
      not: 'clock-wrong',
    },
  ),
  look(
    'IMAP of app02 is answered by a self-signed certificate',
    'Nobody vouches for it.',
    on(['app02'], path('imap', 'certificate-self-signed')),
    {
      on: ['app02'],
      phase: 'tls',
      owner: ['proxy', 'network'],
      says: ['tls-self-signed', 'tls-intercepted'],
      not: 'tls-root-missing',
    },
  ),
  look(
    'the handshakes of the application servers with the sign-in are reset',
    'Reset as soon as the client says hello.',
    on(APPLICATION, path('login', 'reset')),
    {
      on: APPLICATION,
      ...network,
      phase: 'tls',
      says: ['tls-handshake-cut', 'connection-reset'],
      not: 'port-closed',
    },
  ),
  look(
    'SMTP is accepted and silent for everybody',
    'A device takes every connection to 587 and says nothing.',
    on(ALL, path('smtp', 'silent')),
    {
      on: ALL,
      phase: 'greet',
      owner: ['network', 'microsoft'],
      says: 'accepted-and-silent',
      not: 'port-dropped',
    },
  ),
  look(
    'the resolver of svc01 gives SMTP an address that nobody has',
    'An old entry: the address does not answer.',
    on(['svc01'], resolver({ id: 'dns-addresses', of: 'smtp', addresses: ['nowhere'] })),
    {
      on: ['svc01'],
      phase: ['resolve', 'connect'],
      owner: ['dns', 'network'],
      says: ['dns-wrong-address', 'port-dropped', 'port-closed'],
    },
  ),
  look(
    'nobody answers at the resolver of app03',
    'The port of its resolver is closed.',
    on(['app03'], resolver({ id: 'dns-closed' })),
    {
      on: ['app03'],
      phase: 'resolve',
      owner: ['dns', 'server-administrator', 'network'],
      says: ['dns-silent', 'port-closed'],
      not: 'dns-nxdomain',
    },
  ),
  look(
    'the resolver of the services servers does not know Microsoft',
    'NXDOMAIN on every name.',
    on(SERVICES, resolver({ id: 'dns-nxdomain' })),
    { on: SERVICES, ...dns, says: 'dns-nxdomain', not: 'dns-silent' },
  ),
  look(
    'the resolver of svc02 is silent',
    'No question is answered.',
    on(['svc02'], resolver({ id: 'dns-silent' })),
    {
      on: ['svc02'],
      phase: 'resolve',
      owner: ['dns', 'network'],
      says: 'dns-silent',
      not: ['dns-nxdomain', 'dns-one-family-silent'],
    },
  ),
  look(
    'IPv4 of the Outlook name is missing for app01',
    'NODATA for A and for AAAA of one host.',
    on(['app01'], resolver({ id: 'dns-nodata', of: 'outlook' })),
    { on: ['app01'], ...dns, says: 'dns-nodata', not: 'dns-nxdomain' },
  ),
  look(
    'the resolver of app02 knows no EDNS',
    'FORMERR to EDNS and an answer without: names are found, and nothing is wrong but that.',
    on(['app02'], resolver({ id: 'dns-formerr-edns' }), path('smtp', 'closed')),
    { on: ['app02'], ...network, phase: 'connect', says: 'port-closed', not: 'dns-formerr' },
  ),
  look(
    'its clock and a closed port are no concern of each other',
    'The clock of svc02 is two minutes ahead, which is no fault yet; IMAP is closed.',
    on(['svc02'], path('imap', 'closed')),
    { on: ['svc02'], ...network, phase: 'connect', says: 'port-closed', not: 'clock-wrong' },
  ),
  look(
    'the link of app03 to everything is slow',
    'Whatever is said comes 800 ms late, at every place.',
    on(['app03'], path(EVERYWHERE, 'slow', { delayMs: 800 })),
    {
      on: ['app03'],
      ...network,
      phase: ['connect', 'tls', 'greet', 'http', 'token', 'starttls', 'authenticate'],
      says: 'path-slow',
      not: 'port-dropped',
    },
  ),
];
