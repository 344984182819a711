import { afterAll, expect, test, vi } from 'vitest';
import type { NameAnswer } from '../io/dns.ts';
import { pinnedAnswer } from '../io/dns.ts';
import { makeBench } from '../testing/bench.ts';
import type { ImapTalk } from '../testing/index.ts';
import { startMailHost } from '../testing/index.ts';
import { signInOnce } from '../testing/sign-in-once.ts';
import { DeadlinePassed } from '../path-error.ts';
import { mailRoundTrip } from './mail-round-trip.check.ts';

vi.setConfig({ testTimeout: 60_000 });

const bench = await makeBench();
afterAll(() => bench.stop());

const silence = () => undefined;
const found = { SEARCH: '* SEARCH 7\r\n<t> OK SEARCH completed.' };

async function late(imap: ImapTalk, lookUp: Partial<NameAnswer> = {}) {
  const host = await startMailHost({ tls: bench.tls, imap });
  const name = { ...pinnedAnswer(['127.0.0.1']), ...lookUp };
  const result = await signInOnce(
    mailRoundTrip,
    { port: host.ports.smtp },
    {
      trust: [bench.ca.certificate],
      deadlineMs: 6_000,
      reading: { protocol: 'imap', host: '127.0.0.1', port: host.ports.imap, name },
    },
  );
  await host.stop();
  return { result, place: `127.0.0.1:${host.ports.imap}` };
}

test.concurrent(
  'a server that is asked to delete and says nothing has not closed the connection',
  async () => {
    const { result } = await late({ answers: { ...found, EXPUNGE: silence } });
    expect(result.outcome).toBe('warn');
    expect(result.reason).toMatch(/left in the mailbox: the server did not answer before the time was over$/);
  },
);

test.concurrent.each<[string, ImapTalk]>([
  ['the login', { verdict: silence }],
  ['the opening of the mailbox', { answers: { ...found, SELECT: silence } }],
])('a mailbox that cannot be read in time is not told as one without the message: %s', async (step, imap) => {
  const { result, place } = await late(imap);
  expect(result.failure).toMatchObject({ phase: 'receive', code: 'timeout' });
  expect(result.failure?.message).toMatch(
    new RegExp(`took the message, but the mailbox could not be read: ${place} did not complete ${step} `),
  );
});

test.concurrent('a message that does not come is not found in time', async () => {
  const { result } = await late({});
  expect(result.failure).toMatchObject({ phase: 'receive', code: 'timeout' });
  expect(result.failure?.message).toMatch(/took the message, which was not found in the mailbox within/);
});

test.concurrent(
  'a name of the reading host that nobody answers for tells how long it was waited for',
  async () => {
    const { result } = await late({}, { addresses: [], error: new DeadlinePassed(), ms: 4_900 });
    expect(result.failure?.message).toMatch(
      /could not be read: .* gave no answer for 127\.0\.0\.1 within 4\.9 s$/,
    );
  },
);
