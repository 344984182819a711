import type { DnsState, ResolverAnswer } from '@mailpath/protocol';
import { DNS_STATES } from '@mailpath/protocol';
import { afterAll, expect, test } from 'vitest';
import type { DnsManners, DnsScript, DnsServer } from '../testing/dns-server.ts';
import { startDnsServer } from '../testing/dns-server.ts';
import { stateOf } from './dns-question.ts';
import { Resolvers } from './resolvers.ts';

const HOST = 'outlook.test';
const GOOD = { a: ['52.96.0.10'], aaaa: ['2603:1026::5'] } as const;
const servers: DnsServer[] = [];
afterAll(() => Promise.all(servers.map((each) => each.stop())));

async function resolver(script: DnsScript, manners: DnsManners = {}): Promise<DnsServer> {
  const server = await startDnsServer({ [HOST]: script }, 0, {}, manners);
  servers.push(server);
  return server;
}

async function answersOf(place: string, search: readonly string[] = []) {
  const resolvers = new Resolvers([place], 5_000, search);
  const question = resolvers.ask(HOST);
  await question.settled;
  const [evidence] = question.soFar();
  resolvers.stop();
  if (!evidence) throw new Error('nothing is known of the resolver');
  return { ...evidence, searched: question.searched() };
}

/** Every state that a resolver can bring about by itself; the rest of the list is the network's (below). */
const STATES: [string, DnsScript, DnsManners, DnsState, Partial<ResolverAnswer>][] = [
  ['addresses', GOOD, {}, 'answered', { status: 'answer', rcode: 0, transport: 'udp', edns: 'supported' }],
  ['no record of the kind (NODATA)', {}, {}, 'no-data', { status: 'empty', rcode: 0 }],
  ['an alias without an address', { cname: 'gone.test' }, {}, 'alias-without-address', { status: 'empty' }],
  ['no such name', 'nxdomain', {}, 'nxdomain', { status: 'nxdomain', rcode: 3 }],
  ['SERVFAIL', 'servfail', {}, 'servfail', { status: 'servfail', rcode: 2 }],
  ['REFUSED', 'refused', {}, 'refused', { status: 'refused', rcode: 5 }],
  ['FORMERR', 'formerr', {}, 'formerr', { status: 'other', rcode: 1 }],
  ['NOTIMP', 'notimp', {}, 'notimp', { status: 'other', rcode: 4 }],
  ['silence', 'silent', {}, 'no-answer', { status: 'timeout', rcode: null, transport: null, tcp: 'refused' }],
  ['silence on UDP alone', 'silent', { tcp: true }, 'no-answer', { status: 'timeout', tcp: 'timeout' }],
  [
    'an answer that needs TCP, which is closed',
    { ...GOOD, truncated: true },
    {},
    'truncated',
    { status: 'other', tcp: 'refused' },
  ],
  [
    'an answer that comes over TCP',
    { ...GOOD, truncated: true },
    { tcp: true },
    'answered',
    { transport: 'tcp', tcp: 'answered' },
  ],
  ['bytes that are no answer', 'garbage', {}, 'malformed', { status: 'other' }],
  ['an answer without EDNS', GOOD, { edns: 'ignored' }, 'answered', { edns: 'ignored' }],
  ['FORMERR to EDNS alone', GOOD, { edns: 'rejected' }, 'answered', { edns: 'rejected' }],
  ['silence to EDNS alone', GOOD, { edns: 'dropped' }, 'answered', { edns: 'dropped' }],
  ['a server that looks nothing up for others', {}, { recursion: false }, 'no-data', { recursion: false }],
  [
    'a filter that says so',
    { a: ['0.0.0.0'], aaaa: ['::'], extendedError: [15, 'policy'] },
    {},
    'answered',
    { extendedErrors: ['15 Blocked: policy'] },
  ],
];

test.concurrent.each(STATES)('%s is a state of its own', async (_, script, manners, state, facts) => {
  const { place } = await resolver(script, manners);
  const { a, aaaa } = await answersOf(place);
  expect(a).toMatchObject({ state, ...facts });
  expect(aaaa).toMatchObject({ state, ...facts });
});

test.concurrent('a port where nobody listens is told from silence', async () => {
  const gone = await startDnsServer({});
  await gone.stop();
  expect((await answersOf(gone.place)).a).toMatchObject({ state: 'port-closed', status: 'other' });
});

test.concurrent(
  'a resolver that the system forbids to be asked is told from one that is silent',
  async () => {
    // The system lets nobody send to the broadcast address who has not asked for that: EACCES, as of its own firewall.
    const { a } = await answersOf('255.255.255.255:53');
    expect(a.state).toBe('prohibited');
  },
);

test.each([
  ['ECONNREFUSED', 'port-closed'],
  ['ENETUNREACH', 'unreachable'],
  ['EHOSTUNREACH', 'unreachable'],
  ['EPERM', 'prohibited'],
  ['EACCES', 'prohibited'],
])('the system’s word %s means %s', (code, state) => {
  expect(stateOf(Object.assign(new Error('send'), { code }))).toBe(state);
});

test('every state of the list is shown by one of these', () => {
  const shown = new Set<DnsState>([
    ...STATES.map((row) => row[3]),
    'port-closed',
    'unreachable',
    'prohibited',
  ]);
  // An rcode that nobody has a word for is any number beyond those of RFC 1035.
  expect(DNS_STATES.filter((state) => !shown.has(state))).toEqual(['other-rcode']);
});

const SPOILERS = [
  'silent',
  'servfail',
  'refused',
  'formerr',
  'notimp',
  'nxdomain',
  'garbage',
  'truncated',
] as const;
test.concurrent.each(SPOILERS.flatMap((fault) => [['a', fault] as const, ['aaaa', fault] as const]))(
  'what goes wrong with %s (%s) does not spoil the other family',
  async (family, fault) => {
    const other = family === 'a' ? 'aaaa' : 'a';
    const answers = await answersOf((await resolver({ ...GOOD, [family]: fault })).place);
    expect(answers[other]).toMatchObject({ state: 'answered', records: GOOD[other] });
    expect(answers[family].state).not.toBe('answered');
  },
);

test.concurrent.each([
  ['127.0.0.1', 'loopback'],
  ['0.0.0.0', 'unspecified'],
  ['10.9.8.7', 'private'],
  ['146.112.61.104', null],
])('an answer of %s is told with its range: %s', async (address, range) => {
  const { a } = await answersOf((await resolver({ a: [address] })).place);
  expect(a.unusual ?? []).toEqual(range === null ? [] : [`${address} ${range}`]);
});

test.concurrent(
  'a name that is not known is asked for with the search domains, as the system does',
  async () => {
    const server = await startDnsServer({ [`${HOST}.corp.test`]: { a: ['10.0.0.9'] } });
    servers.push(server);
    const answers = await answersOf(server.place, ['corp.test', 'nothing.test']);
    expect(answers.a.state).toBe('nxdomain');
    expect(answers.searched).toEqual([{ name: `${HOST}.corp.test`, records: ['10.0.0.9'] }]);
  },
);
