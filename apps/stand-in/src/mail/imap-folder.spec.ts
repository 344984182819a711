import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { LineClient } from './testing/line-client.ts';
import { ADA, startMailServers, type MailServers } from './testing/mail-servers.ts';
import { ROUND_TRIP } from './testing/round-trip.ts';
import { imapClient, imapSignIn } from './testing/signed-in.ts';

let servers: MailServers;
beforeEach(async () => {
  servers = await startMailServers();
});
afterEach(() => servers.stop());

const deliver = (raw = ROUND_TRIP) => servers.world.store.deliver(ADA, Buffer.from(raw, 'latin1'));

describe('an open folder', () => {
  async function selected(command = 'SELECT'): Promise<LineClient> {
    const client = await imapClient(servers);
    await imapSignIn(servers, client);
    client.send(`s1 ${command} INBOX`);
    await client.until(/^s1 OK/);
    return client;
  }

  it('reads parts of a message and marks it as read only where it should', async () => {
    deliver();
    const client = await selected();
    client.send('a1 FETCH 1 (FLAGS BODY.PEEK[HEADER.FIELDS (Subject Message-ID)] RFC822.SIZE)');
    expect(await client.until(/^a1 /)).toEqual([
      '* 1 FETCH (FLAGS () BODY[HEADER.FIELDS (SUBJECT MESSAGE-ID)] {59}',
      'Subject: Round trip',
      'Message-ID: <one@mailpath.example>',
      '',
      ` RFC822.SIZE ${ROUND_TRIP.length})`,
      'a1 OK FETCH completed.',
    ]);
    client.send('a2 UID FETCH 1:* BODY[TEXT]<0.5>');
    expect(await client.until(/^a2 /)).toEqual([
      '* 1 FETCH (UID 1 BODY[TEXT]<0> {5}',
      'Hello)',
      'a2 OK FETCH completed.',
    ]);
    expect([...(servers.world.store.fetch(ADA, 1)?.flags ?? [])]).toEqual(['\\Seen']);
  });

  it('is not changed when it was opened by EXAMINE', async () => {
    deliver();
    const client = await selected('EXAMINE');
    expect(await client.ask('a1 STORE 1 +FLAGS (\\Deleted)')).toMatch(/^a1 NO /);
    expect(await client.ask('a2 EXPUNGE')).toMatch(/^a2 NO /);
    client.send('a3 FETCH 1 BODY[TEXT]');
    await client.until(/^a3 OK/);
    expect(servers.world.store.fetch(ADA, 1)?.flags.size).toBe(0);
  });

  it('tells what came and went', async () => {
    deliver();
    deliver();
    const client = await selected();
    expect(await client.ask('a1 UID STORE 1 +FLAGS.SILENT (\\deleted)')).toBe('a1 OK STORE completed.');
    client.send('a2 UID EXPUNGE 1');
    expect(await client.until(/^a2 /)).toEqual(['* 1 EXPUNGE', 'a2 OK EXPUNGE completed.']);
    expect(await client.ask('a3 IDLE')).toBe('+ IDLE accepted, awaiting DONE command.');
    deliver();
    expect([await client.line(), await client.line()]).toEqual(['* 2 EXISTS', '* 0 RECENT']);
    expect(await client.ask('DONE')).toBe('a3 OK IDLE completed.');
    client.send('a4 UID MOVE 3 "Deleted Items"');
    expect(await client.until(/^a4 /)).toEqual([
      expect.stringMatching(/^\* OK \[COPYUID \d+ 3 1\]$/),
      '* 2 EXPUNGE',
      'a4 OK MOVE completed.',
    ]);
  });

  it.each([
    ['ALL', '1 2'],
    ['UID 2', '2'],
    ['2:*', '2'],
    ['SUBJECT "round TRIP"', '1'],
    ['NOT SUBJECT round', '2'],
    ['HEADER Message-ID <one@mailpath.example>', '1'],
    ['SINCE 1-Jan-2020 UNSEEN', '1 2'],
    ['BEFORE 1-Jan-2020', ''],
    ['OR UID 1 (SUBJECT other BODY hello)', '1 2'],
    ['CHARSET UTF-8 FROM contoso', '1 2'],
  ])('finds %s', async (keys, expected) => {
    deliver();
    deliver(ROUND_TRIP.replace('Round trip', 'Other').replace('one@', 'two@'));
    const client = await selected();
    expect(await client.ask(`a1 UID SEARCH ${keys}`)).toBe(`* SEARCH ${expected}`.trimEnd());
  });

  it('takes literals of both kinds', async () => {
    deliver();
    const client = await selected();
    expect(await client.ask('a1 SEARCH SUBJECT {5}')).toBe('+ Ready for additional command text.');
    expect(await client.ask('Round')).toBe('* SEARCH 1');
    expect(await client.line()).toBe('a1 OK SEARCH completed.');
    client.send('a2 SEARCH HEADER {7+}', 'Subject Nothing');
    expect(await client.line()).toBe('* SEARCH');
  });

  it('leaves nothing behind when a client asks for much, reads nothing and vanishes', async () => {
    for (let count = 0; count < 10; count += 1) deliver(ROUND_TRIP + 'x'.repeat(3_000_000));
    const client = await selected();
    client.send('a1 FETCH 1:* BODY.PEEK[]');
    expect(await client.line()).toMatch(/^\* 1 FETCH \(BODY\[\] \{3000182\}$/);
    client.vanish();
    await expect.poll(() => [servers.ended(), servers.at.imap.open()]).toEqual([1, 0]);
  });

  it('has bounds for nesting and keywords', async () => {
    deliver();
    const client = await selected();
    expect(await client.ask(`a1 SEARCH ${'('.repeat(7000)}ALL${')'.repeat(7000)}`)).toBe(
      'a1 BAD Command Error. 10',
    );
    expect(await client.ask(`a2 SEARCH ${'NOT '.repeat(2000)}ALL`)).toBe('a2 BAD Command Error. 10');
    const keywords = (letter: string) => Array.from({ length: 60 }, (_, index) => letter + index).join(' ');
    expect(await client.ask(`a3 STORE 1 +FLAGS.SILENT (${keywords('a')})`)).toBe('a3 OK STORE completed.');
    expect(await client.ask(`a4 STORE 1 +FLAGS.SILENT (${keywords('b')})`)).toBe('a4 NO Too many flags.');
  });
});
