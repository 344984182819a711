import { randomUUID } from 'node:crypto';
import { SMTP_HOST, smtpDate } from './front-end.ts';
import { SENT_ITEMS } from './mail-store.ts';
import { addressesOf, headerValue } from './message-header.ts';
import { maySendAs, type SignIn } from './sign-in.ts';
import { resetEnvelope, type SmtpState } from './smtp-state.ts';

/** What the stand-in keeps at most of one message; Exchange Online announces 150 MB. */
const MESSAGE_BYTES = 4 * 1024 * 1024;
const BODY_LINE_BYTES = 256 * 1024;
const MAX_RECIPIENTS = 100;
const PATH = /^<([^<>\s]*)>((?: +[A-Za-z0-9-]+(?:=\S+)?)*)\s*$/;
const TOO_LARGE = '552 5.3.4 Message size exceeds fixed maximum message size';

export async function mail(state: SmtpState, argument: string): Promise<void> {
  const { conversation, signIn } = state;
  const [, from, parameters = ''] = /^FROM: ?(.*)$/i.test(argument)
    ? (PATH.exec(argument.replace(/^FROM: ?/i, '')) ?? [])
    : [];
  if (from === undefined) return conversation.say('501 5.5.4 Invalid arguments');
  if (await conversation.isFaulty('sender', {}, [...conversation.names, from])) return;
  if (!signIn) return conversation.give('smtp-not-authenticated');
  if (state.envelope) return conversation.say('503 5.5.2 Sender already specified');
  if (Number(/ SIZE=(\d+)/i.exec(parameters)?.[1] ?? 0) > MESSAGE_BYTES) return conversation.say(TOO_LARGE);
  state.envelope = { from, to: [] };
  await conversation.say('250 2.1.0 Sender OK');
}

export async function rcpt(state: SmtpState, argument: string): Promise<void> {
  const { conversation, envelope } = state;
  if (!envelope) return conversation.say('503 5.5.2 Need mail command');
  const [, to] = /^TO: ?/i.test(argument) ? (PATH.exec(argument.replace(/^TO: ?/i, '')) ?? []) : [];
  if (!to) return conversation.say('501 5.5.4 Invalid arguments');
  if (await conversation.isFaulty('recipient', {}, [...conversation.names, to])) return;
  if (envelope.to.length === MAX_RECIPIENTS) return conversation.say('452 4.5.3 Too many recipients');
  if (!conversation.world.directory.mailbox(to)) return conversation.give('smtp-recipient-not-found');
  envelope.to.push(to);
  await conversation.say('250 2.1.5 Recipient OK');
}

/** DATA: the message up to the line with a dot alone. */
export async function data(state: SmtpState): Promise<void> {
  const { conversation, envelope } = state;
  if (!envelope || envelope.to.length === 0) return conversation.say('503 5.5.2 Need rcpt command');
  await conversation.say('354 Start mail input; end with <CRLF>.<CRLF>');
  const lines: string[] = [];
  let size = 0;
  for (;;) {
    const line = await conversation.readLine(BODY_LINE_BYTES);
    if (line === '.') break;
    size += line.length + 2;
    if (size <= MESSAGE_BYTES) lines.push(line.startsWith('.') ? line.slice(1) : line);
  }
  await finish(state, size, () => Buffer.from(lines.map((line) => `${line}\r\n`).join(''), 'latin1'));
}

/** BDAT: the message in counted pieces (RFC 3030). */
export async function bdat(state: SmtpState, argument: string): Promise<void> {
  const { conversation, envelope, chunks } = state;
  const [, count, last] = /^(\d{1,9})( LAST)?$/i.exec(argument) ?? [];
  // What follows cannot be told from commands when its length is not known, or it is not read.
  if (count === undefined || Number(count) > MESSAGE_BYTES) {
    await conversation.say(count === undefined ? '501 5.5.4 Invalid arguments' : TOO_LARGE);
    return conversation.connection.end();
  }
  const bytes = await conversation.connection.readBytes(Number(count));
  if (!envelope || envelope.to.length === 0) return conversation.say('503 5.5.2 Need rcpt command');
  const size = chunks.reduce((sum, { length }) => sum + length, bytes.length);
  if (size <= MESSAGE_BYTES) chunks.push(bytes);
  if (!last) return conversation.say(`250 2.0.0 ${count} octets received`);
  await finish(state, size, () => Buffer.concat(chunks));
}

async function finish(state: SmtpState, size: number, message: () => Buffer): Promise<void> {
  if (size > MESSAGE_BYTES) await state.conversation.say(TOO_LARGE);
  else await submit(state, message());
  resetEnvelope(state);
}

/** The end of a message: whether it is accepted is judged only now, as Exchange Online does. */
async function submit({ conversation, signIn, envelope, client }: SmtpState, raw: Buffer): Promise<void> {
  if (!signIn || !envelope) return conversation.give('smtp-not-authenticated');
  const { world } = conversation;
  const senders = [envelope.from, ...headerSenders(raw)];
  const from = senders.find((sender) => !maySendAs(sender, signIn, world)) ?? envelope.from;
  const values = { login: signIn.trustee ?? '', from, domain: from.slice(from.lastIndexOf('@') + 1) };
  if (await conversation.isFaulty('message', values, [...conversation.names, from])) return;
  if (!maySendAs(from, signIn, world)) return conversation.give('smtp-send-as-denied', values);
  if (world.directory.mailbox(from)?.full) return conversation.give('smtp-mailbox-full', values);
  const id = headerValue(raw, 'Message-ID') ?? `<${randomUUID()}@${SMTP_HOST}>`;
  const at = new Date(conversation.now);
  deliver({ conversation, signIn, envelope, client }, stamped(raw, id, client, at), at);
  await conversation.say(`250 2.0.0 OK ${id} [Hostname=${SMTP_HOST}]`);
}

function headerSenders(raw: Buffer): string[] {
  return addressesOf(headerValue(raw, 'From') ?? '').map(({ local, domain }) => `${local}@${domain}`);
}

function deliver(
  state: Pick<SmtpState, 'conversation' | 'client'> & { signIn: SignIn; envelope: { to: string[] } },
  raw: Buffer,
  at: Date,
): void {
  const { store } = state.conversation.world;
  for (const to of new Set(state.envelope.to.map((each) => each.toLowerCase())))
    store.deliver(to, raw, { at });
  store.deliver(state.signIn.mailbox, raw, { folder: SENT_ITEMS, at, flags: ['\\Seen'] });
}

/** With the lines that a server adds (RFC 5321 section 4.4, and a Message-ID where there is none). */
function stamped(raw: Buffer, id: string, client: string, at: Date): Buffer {
  const received = `Received: from [${client}] by ${SMTP_HOST} with Microsoft SMTP Server;\r\n ${smtpDate(at)}\r\n`;
  const missing = headerValue(raw, 'Message-ID') === null ? `Message-ID: ${id}\r\n` : '';
  return Buffer.concat([Buffer.from(received + missing, 'latin1'), raw]);
}
