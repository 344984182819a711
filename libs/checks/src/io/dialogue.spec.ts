import { PassThrough } from 'node:stream';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import type { Listener } from '../testing/index.ts';
import { listen } from '../testing/index.ts';
import { Dialogue } from './dialogue.ts';
import type { MailProtocol } from './mail-answers.ts';

const listeners: Listener[] = [];
afterAll(() => Promise.all(listeners.map((listener) => listener.stop())));

/** A dialogue over a real connection whose other end says this, whatever it is asked. */
async function dialogueWith(
  protocol: MailProtocol,
  says: string,
  secrets = [''],
  asks = '',
): Promise<Dialogue> {
  const listener = await listen({}, (socket: Socket) => socket.resume().end(says));
  listeners.push(listener);
  const dialogue = new Dialogue(connect(listener.port, '127.0.0.1'), protocol, new Set(secrets));
  if (asks !== '') dialogue.write(`${asks}\r\n`);
  const drained = new PassThrough().resume();
  dialogue.pipe(drained);
  await new Promise((resolve) => drained.once('end', resolve));
  return dialogue;
}

const failure = (dialogue: Dialogue) => dialogue.during(new Promise<never>(() => undefined));

test('the first refusal counts, and not the goodbye or the end after it', async () => {
  const dialogue = await dialogueWith(
    'imap',
    '* OK x\r\n1 BAD User is authenticated but not connected.\r\n* BYE 14\r\n',
    [''],
    '1 NAMESPACE',
  );
  await expect(failure(dialogue)).rejects.toMatchObject({ name: 'Refused', code: 'denied' });
  expect(dialogue.wrong?.message).toContain('"1 BAD User is authenticated but not connected."');
  expect(dialogue.facts().lines.at(-1)).toBe('S: * BYE 14');
});

test('of a long dialogue the beginning and the end are kept, and how much is missing', async () => {
  const lines = Array.from({ length: 200 }, (_, number) => `* OK line ${number}\r\n`).join('');
  const kept = (await dialogueWith('imap', lines)).facts().lines;
  expect(kept).toHaveLength(64);
  expect([kept[0], kept[40], kept[63]]).toEqual([
    'S: * OK line 0',
    '(137 lines left out)',
    'S: * OK line 199',
  ]);
});

test('a literal and what is fetched are counted, and not kept', async () => {
  const says =
    '* OK x\r\n* 1 FETCH (ENVELOPE ("secret subject"))\r\n* X {14}\r\nprivate\r\nwords)\r\n1 OK done\r\n';
  const { lines } = (await dialogueWith('imap', says)).facts();
  expect(lines).toEqual(['S: * OK x', 'S: * 1 FETCH [29 characters]', 'S: * X {14}', 'S: )', 'S: 1 OK done']);
});

test('a secret in pieces of a line each is not kept', async () => {
  const secret = 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
  const says = `* OK x\r\n* OK ${secret.slice(3, 25)}\r\n* OK ${secret.slice(25)}\r\n`;
  const dialogue = await dialogueWith('imap', says, [secret]);
  expect(dialogue.facts().lines).toEqual(['S: * OK x', 'S: * OK [secret]', 'S: * OK [secret]']);
});
