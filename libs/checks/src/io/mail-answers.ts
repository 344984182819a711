import type { FailureCode } from '@mailpath/protocol';
import { evidenceText } from '../evidence-text.ts';
import { PathError } from '../path-error.ts';

export type MailProtocol = 'imap' | 'pop3' | 'smtp';

/**
 * Long enough for the longest of Exchange's reasons (SendAsDenied with its exception), and short enough for one
 * sentence.
 */
const QUOTED_MAX = 600;

/**
 * What Exchange Online's servers say, as they say it, and what it means; the first that fits counts. A server's own tag
 * may stand behind each of them. Every other refusal is one for good: who says BAD or `-ERR` to a command has answered
 * it.
 */
const ANSWERS: Readonly<Record<MailProtocol, readonly (readonly [RegExp, FailureCode])[]>> = {
  imap: [
    [/request is throttled|suggested backoff time/i, 'throttled'],
    [/server unavailable/i, 'unavailable'],
    [/authenticated but not connected/i, 'denied'],
    // RFC 5530, section 3.
    [/\[(?:UNAVAILABLE|INUSE|LIMIT|SERVERBUG)\]/i, 'unavailable'],
    [
      /\[(?:AUTHENTICATIONFAILED|AUTHORIZATIONFAILED|EXPIRED|NOPERM|PRIVACYREQUIRED|NONEXISTENT)\]/i,
      'denied',
    ],
    // A session that ends with a word, for whatever reason, may be begun again.
    [/^\* BYE\b/i, 'unavailable'],
  ],
  pop3: [
    [/\bthrottled\b|backoff time/i, 'throttled'],
    [/protocol error/i, 'denied'],
    // RFC 2449, section 8.1.1, and RFC 3206: busy, too soon, or a fault that passes.
    [/\[(?:IN-USE|LOGIN-DELAY|SYS\/TEMP)\]|\blocked\b|\bin use\b|another (?:pop3? )?session/i, 'unavailable'],
    [/server unavailable|connection is closed/i, 'unavailable'],
  ],
  smtp: [
    [/^432[ -]4\.3\.2\b|^421[ -]4\.7\.0\b|\b4\.7\.[56]\d\d\b/, 'throttled'],
    [/^4\d\d\b/, 'unavailable'],
    [/^[^5]/, 'unexpected-reply'],
  ],
};

/** The other end understood a command, and said no. `line` is what it said, `code` what that means. */
export class Refused extends PathError {
  readonly line: string;

  constructor(code: FailureCode, line: string, command: string) {
    const to = command === '' ? '' : ` to ${command}`;
    super(code, `answered "${evidenceText(line, QUOTED_MAX)}"${to}`);
    this.name = 'Refused';
    this.line = line;
  }
}

/** What a refusal means: `denied`, `unavailable` or `throttled`. */
export function meaningOf(protocol: MailProtocol, line: string): FailureCode {
  return ANSWERS[protocol].find(([pattern]) => pattern.test(line))?.[1] ?? 'denied';
}

/** A refusal with its meaning. */
export function refusal(protocol: MailProtocol, line: string, command: string): Refused {
  return new Refused(meaningOf(protocol, line), line, command);
}
