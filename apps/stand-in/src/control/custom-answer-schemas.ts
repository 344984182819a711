import { z } from 'zod';

const words = (text: string): readonly string[] => text.split(' ');

/** Steps of a conversation as `Step` explains them, and commands as they are on the wire. */
export const STEPS = {
  imap: [
    'greeting capability password login command mailbox',
    'CAPABILITY NOOP ID LOGOUT AUTHENTICATE LOGIN NAMESPACE LIST LSUB STATUS SELECT EXAMINE',
    'APPEND IDLE CHECK CLOSE UNSELECT EXPUNGE SEARCH FETCH STORE COPY MOVE ENABLE CREATE DELETE',
    'STARTTLS',
  ].flatMap(words),
  pop3: [
    'greeting capability auth password login command',
    'CAPA QUIT AUTH USER PASS STAT LIST UIDL RETR TOP DELE RSET NOOP STLS',
  ].flatMap(words),
  smtp: [
    'greeting hello starttls auth password login sender recipient message',
    'EHLO HELO STARTTLS AUTH MAIL RCPT DATA BDAT RSET NOOP QUIT VRFY',
  ].flatMap(words),
} as const;

const LONGEST_LINE = 4_000;

const Line = z
  .string()
  .max(LONGEST_LINE, `a line has at most ${LONGEST_LINE} characters: shorten it`)
  .regex(/^[^\r\n]*$/, 'a line has no line end: make it two lines');

export const MailAnswerBody = z.strictObject({
  step: z.string(),
  lines: z.array(Line, 'write a list of lines; an empty one says nothing').max(100),
  connection: z.enum(['stays', 'ends', 'resets', 'stalls'], 'use stays, ends, resets or stalls').optional(),
  delaySeconds: z.number().min(0).max(60, 'at most 60 seconds').optional(),
});

const ENTRA_ENDPOINTS = [
  'authorize',
  'token',
  'device-code',
  'device-sign-in',
  'discovery',
  'keys',
  'instance',
] as const;
const WEB_ENDPOINTS = [...ENTRA_ENDPOINTS, 'exchange', 'ece'] as const;

const Status = z
  .int('a status of HTTP is a whole number')
  .min(200, 'a final status of HTTP lies from 200 to 599')
  .max(599, 'a final status of HTTP lies from 200 to 599');

export const EntraAnswerBody = z.strictObject({
  endpoint: z.enum(ENTRA_ENDPOINTS, `use one of ${ENTRA_ENDPOINTS.join(', ')}`).default('token'),
  code: z.int('write the number after AADSTS').min(1).max(999_999_999),
  error: z.string().min(1, 'write a word such as invalid_grant').max(100),
  suberror: z.string().min(1).max(100).optional(),
  text: z.string().max(4_000),
  status: Status.optional(),
});

/** RFC 9110, sections 5.1 and 5.5. */
const HeaderName = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/, 'is no name of a header');
const HeaderValue = z.string().regex(/^[\t\x20-\x7e]{0,4000}$/, 'write printable ASCII on one line');

/** Members that HTTP itself writes: with others, no client could read the answer. */
const FRAMING = ['content-length', 'transfer-encoding', 'connection'];

export const WebAnswerBody = z.strictObject({
  endpoint: z.enum(WEB_ENDPOINTS, `use one of ${WEB_ENDPOINTS.join(', ')}`),
  status: Status,
  headers: z
    .record(HeaderName, HeaderValue)
    .refine(
      (headers) => !Object.keys(headers).some((name) => FRAMING.includes(name.toLowerCase())),
      'leave out content-length, transfer-encoding and connection: they follow from the body',
    )
    .optional(),
  body: z.string().max(262_144).optional(),
});
