import type { CheckRun, MailboxReader } from '../check.ts';
import { defineCheck } from '../check.ts';
import { stopwatch } from '../deadline.ts';
import { evidenceText } from '../evidence-text.ts';
import type { Wanted } from '../io/find-message.ts';
import { findByImap, findByPop3 } from '../io/find-message.ts';
import { composeProbeMessage } from '../io/probe-message.ts';
import type { SmtpSession } from '../io/smtp-session.ts';
import { withSmtp } from '../io/smtp-session.ts';

export const mailRoundTrip = defineCheck({
  id: 'mail.round-trip',
  title: 'A message comes back to the mailbox',
  proves:
    'A message that the mailbox sends to itself is accepted, delivered, found by the protocol in use, and deleted again.',
  target: 'smtp',
  statements: ['S34', 'S35', 'S36', 'S37', 'S44'],
  needs: 'mailbox-reader',
  async run(run, network, credential, reader) {
    const sent: { wanted?: Wanted; spoken: readonly string[] } = { spoken: [] };
    await withSmtp({ run, network, credential }, async (session) => {
      sent.wanted = await run.phase('send', () => send(session, run));
      sent.spoken = session.dialogue.facts().lines;
    });
    const { wanted } = sent;
    if (wanted) await run.phase('receive', () => receive(wanted, sent.spoken, run, reader));
  },
});

async function send({ connection, dialogue }: SmtpSession, run: CheckRun): Promise<Wanted> {
  const elapsed = stopwatch();
  const { mailbox = '' } = run.target;
  const { raw, messageId, mark } = await composeProbeMessage(mailbox);
  run.record('roundTrip', { messageId: evidenceText(messageId), removed: false });
  const taken = new Promise<string | undefined>((resolve, reject) =>
    connection.send({ from: mailbox, to: [mailbox] }, raw, (error, info) =>
      error ? reject(error) : resolve(info?.serverMessageId),
    ),
  );
  try {
    const given = await dialogue.during(taken);
    run.record('roundTrip', { sentMs: elapsed() });
    return { messageIds: given === undefined ? [messageId] : [messageId, given], mark };
  } finally {
    const told = (command: string) => {
      const reply = dialogue.reply(command);
      return reply === null ? null : evidenceText(reply);
    };
    run.record('submission', {
      from: evidenceText(mailbox),
      mailFrom: told('MAIL FROM'),
      rcptTo: told('RCPT TO'),
      data: told('the message') ?? told('DATA'),
    });
  }
}

async function receive(
  wanted: Wanted,
  spoken: readonly string[],
  run: CheckRun,
  reader: MailboxReader,
): Promise<void> {
  const via = reader.protocol;
  const find = via === 'imap' ? findByImap : findByPop3;
  const untilFound = stopwatch();
  let untilDeleted = stopwatch();
  run.record('roundTrip', { via });
  await reader.read(run, spoken, (reading) =>
    find(reading, wanted, {
      found: () => {
        run.record('roundTrip', { foundMs: untilFound() });
        untilDeleted = stopwatch();
      },
      removed: () => run.record('roundTrip', { removed: true, deletedMs: untilDeleted() }),
      left: (reason) =>
        run.warn(`The message ${wanted.messageIds[0]} came, and was left in the mailbox: ${reason}`),
    }),
  );
}
