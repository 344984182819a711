import { randomBytes } from 'node:crypto';

/** The front end's name, as Exchange Online's servers of Western Europe are named. */
export const FRONT_END = 'AM0PR01CA0042.EURPRD01.PROD.EXCHANGELABS.COM';
/** The same in greetings of IMAP and POP3. */
export const FRONT_END_BASE64 = Buffer.from(FRONT_END, 'utf16le').toString('base64');
/** The name in SMTP's greeting. */
export const SMTP_HOST = 'AM0PR01CA0042.outlook.office365.com';

export const IMAP_GREETING = `* OK The Microsoft Exchange IMAP4 service is ready. [${FRONT_END_BASE64}]`;
export const POP3_GREETING = `+OK The Microsoft Exchange POP3 service is ready. [${FRONT_END_BASE64}]`;

/** What stands in brackets at the end of SMTP's refusals: server, time, and a number for Microsoft's support. */
export function smtpTrace(at: Date): string {
  const number = randomBytes(8).toString('hex').toUpperCase();
  return `${FRONT_END.toLowerCase()} ${at.toISOString()} ${number}`;
}

/** The time in SMTP's greeting (RFC 5322). */
export function smtpDate(at: Date): string {
  return at.toUTCString().replace('GMT', '+0000');
}
