import { failing } from './faults.ts';
import { app, but, everywhere, type Fixture, faulty, imap, svc, withEvidence } from './fixtures.ts';
import { dnsOf } from './healthy.ts';
import { passed } from './results.ts';

const deadFirst = [
  { address: '52.96.0.10', family: 4, outcome: 'reached', ms: 20 },
  { address: '52.96.0.11', family: 4, outcome: 'timeout', ms: 3000 },
];

export const PATH_FIXTURES = {
  'server.offline': {
    servers: [faulty('server.offline network'), app()],
    owner: 'network',
    item: 'C9',
    says: 'Nothing can be reached',
  },
  'connect.refused': {
    servers: [faulty('connect.refused smtp.office365.com:587')],
    owner: 'network',
    item: 'C10',
    says: 'smtp.office365.com:587 is refused',
  },
  'connect.timeout': {
    servers: [faulty('connect.timeout outlook.office365.com:993')],
    owner: 'network',
    item: 'C10',
    says: 'outlook.office365.com:993 gets no answer',
  },
  'connect.unreachable': {
    servers: [imap('connect', 'unreachable')],
    owner: 'network',
    item: 'C10',
    says: 'no route to outlook.office365.com:993',
  },
  'connect.broken': {
    servers: [imap('connect', 'reset')],
    owner: 'network',
    item: 'C10',
    says: 'does not come up',
  },
  'connect.port-closed': {
    servers: [faulty('connect.port-closed 443')],
    owner: 'network',
    item: 'C10',
    says: 'TCP port 443 gets no answer, whatever the host',
  },
  'connect.host-closed': {
    servers: [faulty('connect.host-closed outlook.office365.com')],
    owner: 'network',
    item: 'C10',
    says: 'outlook.office365.com finds no route on every port',
  },
  'connect.mail-ports': {
    servers: [faulty('connect.mail-ports mail ports')],
    owner: 'network',
    item: 'C10',
    says: 'Only port 443 is open',
  },
  'connect.family-dead': {
    servers: [faulty('connect.family-dead IPv6'), app()],
    owner: 'network',
    item: 'C10',
    says: 'No IPv6 address',
  },
  'connect.some-addresses': {
    servers: [
      but(svc(), 'imap.tls', (result) => ({
        ...withEvidence({ connect: { attempts: deadFirst, used: '52.96.0.10' } })(result),
        outcome: 'warn',
        reason: '1 of 2',
      })),
    ],
    owner: 'network',
    item: 'C10',
    says: '52.96.0.11 of outlook.office365.com',
  },
  'connect.only-together': {
    servers: [{ ...svc(), results: [passed('imap', { repeats: '0192f000-0000-7000-8000-00000000dead' })] }],
    owner: 'network',
    item: 'C10',
    says: 'passed when it was repeated alone',
  },
  'resolve.no-name': {
    servers: [
      {
        ...svc(),
        results: svc().results.map((result) =>
          failing(result, 'resolve', 'not-found', { dns: { addresses: [], error: 'ENOTFOUND', ms: 2 } }),
        ),
      },
    ],
    owner: 'dns',
    item: 'C9',
    says: 'No name exists',
  },
  'resolve.no-answer': {
    servers: [faulty('resolve.no-answer resolver'), app()],
    owner: 'dns',
    item: 'C9',
    says: 'No resolver gave an address',
  },
  'resolve.name-fails': {
    servers: [imap('resolve', 'resolver-failed')],
    owner: 'dns',
    item: 'C9',
    says: 'and does for other names',
  },
  'resolve.not-found': {
    servers: [faulty('resolve.not-found smtp.office365.com')],
    owner: 'dns',
    item: 'C9',
    says: 'smtp.office365.com does not exist',
  },
  'resolve.hosts-entry': {
    servers: [imap('connect', 'timeout', { dns: { ...dnsOf(['52.97.1.1']), addresses: ['52.97.9.9'] } })],
    owner: 'server-administrator',
    item: 'C9',
    says: '52.97.9.9',
  },
  'resolve.unusual-address': {
    servers: [imap('connect', 'timeout', { dns: { ...dnsOf(['10.0.0.5']), unusual: ['10.0.0.5 private'] } })],
    owner: 'dns',
    item: 'C9',
    says: '10.0.0.5 (private)',
  },
  'resolve.other-answer': {
    servers: [
      {
        ...svc(),
        results: [failing(passed('imap'), 'connect', 'timeout', { dns: dnsOf(['52.97.9.9'], '192.0.2.66') })],
      },
      svc('svc02'),
    ],
    owner: 'dns',
    item: 'C9',
    says: 'leads to 52.97.9.9 here',
  },
  'resolve.one-resolver': {
    servers: [
      everywhere({
        dns: {
          ...dnsOf(),
          resolvers: [
            { ...dnsOf().resolvers?.[0], server: '192.0.2.54', a: { status: 'timeout', records: [] } },
            ...(dnsOf().resolvers ?? []),
          ],
        },
      }),
      app(),
    ],
    owner: 'dns',
    item: 'C9',
    says: 'DNS server 192.0.2.54 fails (timeout)',
  },
} satisfies Record<string, Fixture>;
