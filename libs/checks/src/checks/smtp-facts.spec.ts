import { afterAll, expect, test } from 'vitest';
import type { SmtpTalk } from '../testing/index.ts';
import { startSmtpServer } from '../testing/index.ts';
import { makeBench } from '../testing/bench.ts';
import { smtpSubmission } from './smtp-submission.check.ts';

const bench = await makeBench();
afterAll(() => bench.stop());

const talking = async (talk: SmtpTalk = {}) =>
  bench.probe(smtpSubmission, await startSmtpServer({ tls: bench.tls }, talk));

test.concurrent(
  'the front end, the own public address and the clock are told by what is said anyway',
  async () => {
    const { evidence } = await talking();
    expect(evidence.smtp).toMatchObject({
      frontEnd: 'TEST.outlook.office365.com',
      helloAddress: '127.0.0.1',
    });
    expect(evidence.clock?.source).toBe('smtp-banner');
    expect(Math.abs(evidence.clock?.aheadMs ?? Infinity)).toBeLessThan(60_000);
  },
);

test.concurrent('a machine whose clock is an hour behind learns it from the greeting', async () => {
  const inAnHour = new Date(Date.now() + 3_600_000).toUTCString().replace('GMT', '+0000');
  const { evidence } = await talking({ greeting: `220 mail.test ready at ${inAnHour}` });
  expect(evidence.clock?.aheadMs).toBeLessThan(-3_500_000);
  expect(evidence.clock?.aheadMs).toBeGreaterThan(-3_610_000);
});

test.concurrent.each([
  ['A.outlook.office365.com Hello [203.0.113.7]', '203.0.113.7'],
  ['A.outlook.office365.com Hello [2001:db8::7]', '2001:db8::7'],
  ['mail.test Hello [IPv6:2001:db8::7], pleased to meet you', '2001:db8::7'],
  ['mail.test Hello [999.0.0.1]', null],
  ['mail.test Hello there', null],
])('"%s" tells the public address %s', async (hello, address) => {
  const offered = [hello, 'STARTTLS'];
  const { evidence } = await talking({ ehlo: offered });
  expect(evidence.smtp).toMatchObject({ helloAddress: address, ehlo: offered });
});

test.concurrent.each<[string, SmtpTalk, string[]]>([
  ['taken out', { ehlo: ['mail.test Hello', 'SIZE 1'] }, ['does not offer STARTTLS in its answer to EHLO']],
  ['crossed out', { ehlo: ['mail.test Hello', 'XXXXXXXA'] }, ['"XXXXXXXA" stands where']],
  [
    'taken out, and the greeting masked',
    { greeting: '220 ****************', ehlo: ['mail.test Hello'] },
    ['its greeting is masked ("220 ****************")', 'as a firewall that inspects SMTP does'],
  ],
  [
    'crossed out, and parts of the greeting masked',
    { greeting: '220 ********************2****200**0*00', ehlo: ['mail.test Hello', 'XXXXXXXB'] },
    ['"XXXXXXXB" stands where', ', and its greeting is masked'],
  ],
])('STARTTLS that was %s is told with the traces that were left', async (_, talk, traces) => {
  const result = await talking(talk);
  expect(result.failure).toMatchObject({ phase: 'starttls', code: 'unexpected-reply' });
  for (const trace of traces) expect(result.failure?.message).toContain(trace);
  expect(result.evidence.smtp?.ehlo).toEqual(talk.ehlo);
});

test.concurrent('a masked greeting is kept, names no front end, and fails nothing by itself', async () => {
  const result = await talking({ greeting: '220 ****************' });
  expect(result).toMatchObject({ outcome: 'pass', evidence: { smtp: { greeting: '220 ****************' } } });
  expect(result.evidence.smtp?.frontEnd).toBeNull();
  expect(result.evidence.clock).toBeUndefined();
});

test.concurrent.each([
  ['421 4.3.2 Service not active', 'unavailable', 'it turns this client away for now'],
  ['450 4.7.1 Greylisted', 'unavailable', 'it turns this client away for now'],
  ['554 5.7.1 Blocked', 'denied', 'it turns this client away for good'],
  ['554-5.7.1 Blocked\r\n554 ask postmaster', 'denied', 'it turns this client away for good'],
])(
  'the greeting "%s" is kept word for word, and what it asks for is told',
  async (greeting, code, remark) => {
    const result = await talking({ greeting });
    const line = greeting.replace('\r\n', ' ');
    expect(result.failure).toMatchObject({ phase: 'greet', code });
    expect(result.failure?.message).toContain(
      `answered "${line}" where 220 as the greeting was expected: ${remark}`,
    );
    expect(result.evidence.unexpected).toEqual({ line });
  },
);
