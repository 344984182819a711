import { randomUUID } from 'node:crypto';

/** A message of our own, from a mailbox to itself. */
export interface ProbeMessage {
  /** With its angle brackets. */
  messageId: string;
  /** A word that stands in its subject and in its header, and in no other message. */
  mark: string;
  raw: Buffer;
}

/** One small message that says what it is. Nothing answers it by itself (RFC 3834, and Exchange's own header). */
export async function composeProbeMessage(mailbox: string): Promise<ProbeMessage> {
  const { default: MailComposer } = await import('nodemailer/lib/mail-composer');
  const mark = randomUUID();
  const messageId = `<mailpath-${mark}@${mailbox.slice(mailbox.lastIndexOf('@') + 1)}>`;
  const raw = await new MailComposer({
    from: { name: 'Mailpath', address: mailbox },
    to: mailbox,
    date: new Date(),
    messageId,
    subject: `Mailpath round trip ${mark}`,
    text: 'Mailpath sent this message to see whether mail gets through, and deletes it when it has come.\n',
    headers: {
      'X-Mailpath-Probe': mark,
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
    },
  })
    .compile()
    .build();
  return { messageId, mark, raw };
}
