import { afterAll, beforeAll, expect, test } from 'vitest';
import type { DnsServer, DnsZone } from '../testing/dns-server.ts';
import { startDnsServer } from '../testing/dns-server.ts';
import { Resolvers } from './resolvers.ts';

const ZONE: DnsZone = {
  'mail.test': { a: ['52.97.1.2', '52.97.1.3'], aaaa: ['2603:1026::5'] },
  'four.test': { a: ['52.97.1.2'] },
  'empty.test': {},
  'broken.test': 'servfail',
  'forbidden.test': 'refused',
  'quiet.test': 'silent',
  'outlook.test': { cname: 'front.test' },
  'front.test': { cname: 'edge.test' },
  'edge.test': { a: ['52.97.1.9'] },
  'loop.test': { cname: 'pool.test' },
  'pool.test': { cname: 'loop.test' },
};

const servers: DnsServer[] = [];
let server: DnsServer;
beforeAll(async () => {
  server = await started();
});
afterAll(() => Promise.all(servers.map((each) => each.stop())));

async function started(delayMs = 0, zone = ZONE): Promise<DnsServer> {
  const one = await startDnsServer(zone, delayMs);
  servers.push(one);
  return one;
}

async function asked(host: string, places: readonly string[] = [server.place], limitMs = 5_000) {
  const resolvers = new Resolvers(places, limitMs);
  try {
    const question = resolvers.ask(host);
    await question.settled;
    return question.soFar();
  } finally {
    resolvers.stop();
  }
}

const answer = (...records: string[]) => ({ status: 'answer', records });
const no = (status: string) => ({ status, records: [] });

test.concurrent.each([
  ['both families', 'mail.test', answer('52.97.1.2', '52.97.1.3'), answer('2603:1026::5'), []],
  ['no IPv6 address', 'four.test', answer('52.97.1.2'), no('empty'), []],
  ['no address at all', 'empty.test', no('empty'), no('empty'), []],
  ['no such name', 'gone.test', no('nxdomain'), no('nxdomain'), []],
  ['SERVFAIL', 'broken.test', no('servfail'), no('servfail'), []],
  ['REFUSED', 'forbidden.test', no('refused'), no('refused'), []],
  ['a chain of aliases', 'outlook.test', answer('52.97.1.9'), no('empty'), ['front.test', 'edge.test']],
])('%s is told apart', async (_, host, a, aaaa, cname) => {
  const [evidence] = await asked(host);
  expect(evidence).toMatchObject({ server: server.place, a, aaaa, cname });
});

test.concurrent('a circle of aliases ends', async () => {
  const [evidence] = await asked('loop.test');
  expect(evidence?.cname).toEqual(['pool.test', 'loop.test']);
});

test.concurrent(
  'a silent resolver is a time-out after two seconds at most, and those beside it are heard at once',
  async () => {
    const silent = await started(0, { 'mail.test': 'silent' });
    const began = performance.now();
    const [first, second] = await asked('mail.test', [silent.place, server.place]);
    expect(performance.now() - began).toBeLessThan(30_000);
    expect(first).toMatchObject({ server: silent.place, a: no('timeout'), aaaa: no('timeout') });
    expect(first?.ms).toBeGreaterThan(1_500);
    expect(second).toMatchObject({ server: server.place, a: answer('52.97.1.2', '52.97.1.3') });
    expect(second?.ms).toBeLessThan((first?.ms ?? 0) / 2);
  },
);

test.concurrent('a slow resolver is heard, with its time', async () => {
  const slow = await started(600);
  const [evidence] = await asked('four.test', [slow.place]);
  expect(evidence).toMatchObject({ a: answer('52.97.1.2'), aaaa: no('empty') });
  expect(evidence?.ms).toBeGreaterThan(550);
});

test.concurrent('the time given is the end, and a resolver that had little of it is not judged', async () => {
  const began = performance.now();
  expect(await asked('quiet.test', [server.place], 1_200)).toMatchObject([{ a: no('timeout') }]);
  const resolvers = new Resolvers([server.place], 50_000);
  const question = resolvers.ask('quiet.test');
  expect(question.soFar()).toEqual([]);
  resolvers.stop();
  await question.settled;
  expect(performance.now() - began).toBeLessThan(30_000);
});

test.concurrent('a port where nobody listens is neither a refusal nor a time-out', async () => {
  const stopped = await startDnsServer(ZONE);
  await stopped.stop();
  expect(await asked('mail.test', [stopped.place])).toMatchObject([{ a: no('other') }]);
});

test.concurrent(
  'what is no address, and a link-local one, is not asked, and each other one once',
  async () => {
    const one = await started();
    const places = ['resolver.test', 'fe80::1', '[fe80::1]:53', one.place, one.place];
    expect((await asked('four.test', places)).map(({ server: name }) => name)).toEqual([one.place]);
    expect(one.questions().toSorted()).toEqual(['A four.test', 'AAAA four.test']);
  },
);

test.concurrent('at most four resolvers are asked', async () => {
  const five = await Promise.all(Array.from({ length: 5 }, () => started()));
  expect(
    await asked(
      'four.test',
      five.map(({ place }) => place),
    ),
  ).toHaveLength(4);
  expect(five[4]?.questions()).toEqual([]);
});
