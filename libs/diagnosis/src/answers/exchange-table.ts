import type { Phase } from '@mailpath/protocol';
import { IMAP_ANSWERS } from './exchange/imap-answers.ts';
import { IMAP_SIGNS } from './exchange/imap-signs.ts';
import { POP3_ANSWERS } from './exchange/pop3-answers.ts';
import { SMTP_LOGIN_ANSWERS } from './exchange/smtp-login-answers.ts';
import { SMTP_SENDER_ANSWERS } from './exchange/smtp-sender-answers.ts';
import { SMTP_SERVICE_ANSWERS } from './exchange/smtp-service-answers.ts';
import { SMTP_MAILBOX_ANSWERS } from './exchange/smtp-mailbox-answers.ts';
import { plain } from './ladder/line.ts';
import type { ExchangeRow, MailProtocol } from './exchange/exchange-row.ts';

export type { ExchangeRow, MailProtocol } from './exchange/exchange-row.ts';

/**
 * Every answer of Exchange Online's mail servers that is known to mean a fault. A line that one pattern takes, no other
 * takes.
 */
export const EXCHANGE_ROWS: readonly ExchangeRow[] = [
  ...IMAP_ANSWERS,
  ...IMAP_SIGNS,
  ...POP3_ANSWERS,
  ...SMTP_LOGIN_ANSWERS,
  ...SMTP_SENDER_ANSWERS,
  ...SMTP_SERVICE_ANSWERS,
  ...SMTP_MAILBOX_ANSWERS,
];

/**
 * The row that a line of the server belongs to; null for one that is not known, which is then to be shown as it is.
 * `line` is the reply as it came, with or without tag and with all of its lines. Of several rows that take it, the one
 * that belongs to
 * `phase` comes first.
 */
export function exchangeAnswer({
  protocol,
  phase,
  line,
}: {
  protocol: MailProtocol;
  phase: Phase | null;
  line: string;
}): ExchangeRow | null {
  const text = plain(line);
  const rows = EXCHANGE_ROWS.filter(
    (row) => row.protocol === protocol && row.patterns.some((pattern) => pattern.test(text)),
  );
  return rows.find(({ phases }) => phase !== null && phases.includes(phase)) ?? rows[0] ?? null;
}
