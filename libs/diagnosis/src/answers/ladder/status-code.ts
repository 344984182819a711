/** An enhanced status code: class, subject and detail (RFC 3463, section 2). */
export interface EnhancedStatus {
  class: 4 | 5;
  subject: number;
  detail: number;
}

/**
 * An SMTP reply as far as it is a refusal: its code (RFC 5321, section 4.2) and its enhanced status; null where it has
 * none.
 */
export interface SmtpReply {
  code: number | null;
  status: EnhancedStatus | null;
}

/** Takes a reply apart: `550 5.7.30 …`, `550-5.7.30 …`, or the status alone. */
export function readSmtpReply(line: string): SmtpReply {
  const [, digits] = /^([45]\d\d)(?:[ -]|$)/.exec(line) ?? [];
  const rest = digits === undefined ? line : line.slice(4);
  const [, kind, subject, detail] = /^([45])\.(\d{1,3})\.(\d{1,3})(?:[\s;:,]|$)/.exec(rest) ?? [];
  return {
    code: digits === undefined ? null : Number(digits),
    status:
      kind === undefined
        ? null
        : { class: kind === '4' ? 4 : 5, subject: Number(subject), detail: Number(detail) },
  };
}

/**
 * The first word in brackets behind the status of an IMAP or POP3 answer, in upper case (RFC 9051, 7.1; RFC 2449, 8);
 * null for none.
 */
export function responseCodeOf(line: string): string | null {
  const [, code] =
    /^(?:-ERR|(?:\S{1,32} )?(?:NO|BAD|BYE)) \[([A-Z][A-Z0-9/-]{1,39})(?:[ \]])/i.exec(line) ?? [];
  return code?.toUpperCase() ?? null;
}
