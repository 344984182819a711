import type { Probe } from '../check.ts';
import { defineCheck } from '../check.ts';
import { stopwatch } from '../deadline.ts';
import { evidenceText } from '../evidence-text.ts';
import type { Wanted } from '../io/find-message.ts';
import { findByImap, findByPop3 } from '../io/find-message.ts';
import { composeProbeMessage } from '../io/probe-message.ts';
import { whileReading } from '../io/reading-probe.ts';
import type { SmtpSession } from '../io/smtp-session.ts';
import { withSmtp } from '../io/smtp-session.ts';

export const mailRoundTrip = defineCheck({
  id: 'mail.round-trip',
  title: 'A message comes back to the mailbox',
  proves:
    'A message that the mailbox sends to itself is taken, delivered, found by the protocol in use, and deleted again.',
  target: 'smtp',
  statements: ['S34', 'S35', 'S36', 'S37', 'S44'],
  credential: 'access-token',
  async run(probe) {
    // Nothing is sent that could not be removed again.
    if (!probe.reading) throw new Error('a check that reads the mailbox was run without a place to read it');
    const sent: { wanted?: Wanted; spoken: readonly string[] } = { spoken: [] };
    await withSmtp(probe, async (session) => {
      sent.wanted = await probe.phase('send', () => send(session, probe));
      sent.spoken = session.dialogue.facts().lines;
    });
    const { wanted } = sent;
    if (wanted) await probe.phase('receive', () => receive(wanted, sent.spoken, probe));
  },
});

async function send({ connection, dialogue }: SmtpSession, probe: Probe): Promise<Wanted> {
  const elapsed = stopwatch();
  const { mailbox = '' } = probe.target;
  const { raw, messageId, mark } = await composeProbeMessage(mailbox);
  probe.record('roundTrip', { messageId: evidenceText(messageId), removed: false });
  const taken = new Promise<string | undefined>((resolve, reject) =>
    connection.send({ from: mailbox, to: [mailbox] }, raw, (error, info) =>
      error ? reject(error) : resolve(info?.serverMessageId),
    ),
  );
  try {
    const given = await dialogue.during(taken);
    probe.record('roundTrip', { sentMs: elapsed() });
    return { messageIds: given === undefined ? [messageId] : [messageId, given], mark };
  } finally {
    const told = (command: string) => {
      const reply = dialogue.reply(command);
      return reply === null ? null : evidenceText(reply);
    };
    probe.record('submission', {
      from: evidenceText(mailbox),
      mailFrom: told('MAIL FROM'),
      rcptTo: told('RCPT TO'),
      data: told('the message') ?? told('DATA'),
    });
  }
}

async function receive(wanted: Wanted, spoken: readonly string[], probe: Probe): Promise<void> {
  const via = probe.reading?.protocol ?? 'imap';
  const find = via === 'imap' ? findByImap : findByPop3;
  const untilFound = stopwatch();
  let untilDeleted = stopwatch();
  probe.record('roundTrip', { via });
  await whileReading(probe, spoken, (reading) =>
    find(reading, wanted, {
      found: () => {
        probe.record('roundTrip', { foundMs: untilFound() });
        untilDeleted = stopwatch();
      },
      removed: () => probe.record('roundTrip', { removed: true, deletedMs: untilDeleted() }),
      left: (reason) =>
        probe.warn(`The message ${wanted.messageIds[0]} came, and was left in the mailbox: ${reason}`),
    }),
  );
}
