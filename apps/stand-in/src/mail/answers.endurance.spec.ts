import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fault } from '../faults.ts';
import type { Answer } from './answer.ts';
import { ANSWERS, answer, KNOWN_ROWS } from './answers.ts';
import type { MailProtocol } from './mail-world.ts';
import { LineClient } from './testing/line-client.ts';
import { ADA, startMailServers, type MailServers } from './testing/mail-servers.ts';
import { imapClient, imapSignIn, smtpClient } from './testing/signed-in.ts';
import { walkTo } from './testing/walks.ts';

const numbered = (letter: string, count: number): string[] =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
const ROWS = [...numbered('B', 16), ...numbered('C', 9), ...numbered('D', 36)];

let servers: MailServers;
beforeEach(async () => {
  servers = await startMailServers();
});
afterEach(async () => {
  await servers.stop();
});

/** The line with anything in its places. */
function asPattern(line: string): RegExp {
  const escaped = line.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll(/<[a-z]+>/g, '.+?')}$`);
}

/** What is heard from the step on, to the end of the connection or the answer to a farewell. */
async function hear(row: Spoken, fault: Fault): Promise<string[]> {
  // What hides STARTTLS at one step must not keep the client from the next.
  if (row.id !== 'smtp-starttls-hidden' || row.step !== 'starttls')
    servers.world.faults.set('127.0.0.1', [fault]);
  const { client, step } = await walkTo(row.protocol, row.step, servers);
  servers.world.faults.set('127.0.0.1', [fault]);
  const heard = [await step()];
  while (heard.length < row.says.length) heard.push(await client.line());
  if (row.followedBy) heard.push(await client.ask(''));
  if (row.connection === 'ends') heard.push(await client.line());
  if (row.connection === 'stays')
    heard.push(await client.ask(row.protocol === 'imap' ? 'a9 LOGOUT' : 'QUIT'));
  client.vanish();
  return heard;
}

function expectedOf(row: Spoken): RegExp[] {
  const followed = row.followedBy ? answer(row.followedBy).says : [];
  const patterns = [...row.says, ...followed].map(asPattern);
  if (row.connection === 'ends') patterns.push(/^<end>$/);
  if (row.connection === 'stays') patterns.push(/^(?:\* BYE|\+OK|221) /);
  return patterns;
}

type Spoken = Answer & { protocol: MailProtocol };

const spoken: Spoken[] = ANSWERS.flatMap((row) =>
  row.protocols.map((protocol) => ({ ...row, protocol })),
).filter(({ step, says, delays }) => step !== 'handshake' && says.length > 0 && !delays);

describe('the table of answers', () => {
  it('has every row of errors, and nothing else', () => {
    const rows = new Set(ANSWERS.map(({ source }) => source.replace(/\.\d$/, '')));
    expect([...rows].sort()).toEqual([...ROWS].sort());
    expect(Object.values(KNOWN_ROWS).map(({ meaning }) => meaning)).not.toContain('');
  });

  it('calls each by what it is, and no two sources alike', () => {
    for (const { id } of ANSWERS) expect(id).toMatch(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/);
    const pairs = new Set(ANSWERS.map(({ id, source }) => `${id} ${source}`));
    expect(pairs.size).toBe(new Set(ANSWERS.map(({ id }) => id)).size);
    expect(pairs.size).toBe(new Set(ANSWERS.map(({ source }) => source)).size);
  });

  it.each(spoken)('$id is said over $protocol at the step $step', async (row) => {
    const heard = await hear(row, { id: row.id });
    expect(heard).toEqual(expectedOf(row).map((pattern): unknown => expect.stringMatching(pattern)));
    expect(heard.join('\n')).not.toMatch(/<(?:t|n|command|trace|host|client|login|from|domain)>/);
  });

  const ofSomebody = ['login', 'command', 'mailbox', 'sender', 'message'];
  it.each(spoken.filter(({ step }) => ofSomebody.includes(step)))(
    '$id is said over $protocol to the user it is meant for, and to no other',
    async (row) => {
      const [first] = expectedOf(row) as [RegExp];
      expect((await hear(row, { id: row.id, name: ADA.toUpperCase() }))[0]).toMatch(first);
      await expect.poll(() => servers.at[row.protocol].open()).toBe(0);
      servers.world.faults.set('127.0.0.1', [{ id: row.id, name: 'bob@contoso.example' }]);
      const { step } = await walkTo(row.protocol, row.step, servers);
      expect(await step()).not.toMatch(first);
    },
  );
});

describe('faults that say nothing', () => {
  it('greeting-none leaves the client waiting, until it goes', async () => {
    servers.world.faults.set('127.0.0.1', [{ id: 'greeting-none' }]);
    const client = await LineClient.secure(servers.at.imap.port, servers.ca);
    client.send('a1 NOOP', 'a2 NOOP');
    client.vanish();
    await expect.poll(() => servers.ended()).toBe(1);
  });

  it('smtp-tls-handshake-reset resets the connection when the client begins its handshake', async () => {
    servers.world.faults.set('127.0.0.1', [{ id: 'smtp-tls-handshake-reset' }]);
    const client = await smtpClient(servers);
    expect(await client.ask('STARTTLS')).toBe('220 2.0.0 SMTP server ready');
    await expect(client.upgrade(servers.ca)).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('smtp-message-delayed accepts the message later', async () => {
    servers.world.faults.set('127.0.0.1', [{ id: 'smtp-message-delayed', retryAfterSeconds: 0.05 }]);
    expect(await (await walkTo('smtp', 'message', servers)).step()).toMatch(/^250 2\.0\.0 OK /);
  });

  it('smtp-message-delayed waits for no client that is gone', async () => {
    const { client, step } = await walkTo('smtp', 'message', servers);
    servers.world.faults.set('127.0.0.1', [{ id: 'smtp-message-delayed', retryAfterSeconds: 30 }]);
    const sent = step();
    await expect.poll(() => client.isSent('.')).toBe(true);
    client.vanish();
    expect(await sent).toBe('<end>');
    await expect.poll(() => servers.ended()).toBe(1);
    expect(servers.world.store.list(ADA)).toEqual([]);
  });
});

describe('what is asked to wait', () => {
  it.each(['imap-mailbox-throttled', 'imap-mailbox-throttled-bad'])(
    '%s says the milliseconds of the fault',
    async (id) => {
      servers.world.faults.set('127.0.0.1', [{ id, retryAfterSeconds: 12.5 }]);
      const client = await imapClient(servers);
      await imapSignIn(servers, client);
      expect(await client.ask('a2 SELECT INBOX')).toMatch(
        /^a2 (NO|BAD) Request is throttled\. Suggested Backoff Time: 12500 milliseconds$/,
      );
    },
  );

  it('a fault of one service leaves the others alone', async () => {
    servers.world.faults.set('127.0.0.1', [{ id: 'greeting-web-page', service: 'pop3' }]);
    const client = await LineClient.secure(servers.at.imap.port, servers.ca);
    expect(await client.line()).toMatch(/^\* OK /);
    expect(await imapSignIn(servers, client)).toBe('a1 OK AUTHENTICATE completed.');
  });
});
