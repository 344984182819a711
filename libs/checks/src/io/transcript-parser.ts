import { UnexpectedReply } from '../path-error.ts';
import { imapGreetingFault } from './imap.ts';
import type { MailProtocol } from './mail-answers.ts';
import { refusal } from './mail-answers.ts';
import { decodedChallenge, shownCredential } from './xoauth2.ts';

/**
 * What is made of a line: how it is shown, or null for what is content and only counted; and what went wrong with it.
 */
export interface Heard {
  shown: string | null;
  trouble?: Error;
}

/** How the lines of a protocol are understood, so that no credential and nothing of a message is kept. */
export interface TranscriptParser {
  /** A line of ours as it may be shown; null for content. */
  ours(line: string): string | null;
  theirs(line: string): Heard;
  /** What an error continuation said, decoded. */
  challenge(): string | null;
}

/**
 * What a parser needs of the one that records. `safe` masks what is secret; `answered` hears each whole answer to a
 * command.
 */
export interface Telling {
  safe: (text: string) => string;
  answered: (command: string, lines: readonly string[]) => void;
}

export function transcriptParserFor(protocol: MailProtocol, telling: Telling): TranscriptParser {
  return { imap: imapParser, pop3: pop3Parser, smtp: smtpParser }[protocol](telling);
}

/** The SASL exchange that is under way, in whichever form: all that we say in it is a credential. */
class Sasl {
  #open = false;
  #sent = false;
  challenge: string | null = null;

  get open(): boolean {
    return this.#open;
  }

  /** The command that begins it; `response` is the credential when it stands in the same line. */
  begin(response: string | undefined): string {
    this.#open = true;
    this.#sent = response !== undefined;
    return response === undefined ? '' : ` ${shownCredential(response)}`;
  }

  ours(line: string): string {
    this.#sent = true;
    return line === '' || line === '*' ? line : shownCredential(line);
  }

  /** Before the credential a continuation asks for it; after it, it says what is wrong with it. */
  continuation(base64: string, safe: (text: string) => string): void {
    if (!this.#open || !this.#sent) return;
    const said = decodedChallenge(base64);
    if (said !== null) this.challenge = safe(said);
  }

  end(): void {
    this.#open = false;
  }
}

function imapParser({ safe, answered }: Telling): TranscriptParser {
  const sasl = new Sasl();
  let greeted = false;
  let command = '';
  /** The tags of our commands. */
  const sent = new Set<string>();
  /** The line before ended with a literal, so that the next one is its rest. */
  let goesOn = false;
  return {
    challenge: () => sasl.challenge,
    ours(line) {
      if (sasl.open) return sasl.ours(line);
      const [before = '', word = ''] = /^\S+ (?:UID )?(\S+)/i.exec(line) ?? [];
      const after = line.slice(before.length);
      command = word.toUpperCase();
      sent.add(line.split(' ', 1)[0] ?? '');
      if (command !== 'AUTHENTICATE') return safe(line);
      const [mechanism = '', response] = after.trim().split(' ');
      return `${before} ${mechanism}${sasl.begin(response)}`;
    },
    theirs(raw) {
      const line = safe(raw);
      const rest = goesOn;
      goesOn = /\{\d{1,15}\}$/.test(raw);
      if (rest) return { shown: line };
      if (!greeted) {
        greeted = true;
        answered('', [line]);
        const fault = imapGreetingFault(line);
        return { shown: line, ...(fault ? { trouble: fault } : {}) };
      }
      if (raw.startsWith('+')) sasl.continuation(raw.slice(1), safe);
      if (raw.startsWith('+')) return { shown: line };
      const fetched = /^\* \d+ FETCH /i.exec(line);
      if (fetched) return { shown: `${fetched[0]}[${raw.length - fetched[0].length} characters]` };
      // After LOGOUT the goodbye is what was asked for.
      if (/^\* BYE\b/i.test(line) && command !== 'LOGOUT') return refusedBy('imap', line, '');
      if (raw.startsWith('* ') || raw === '') return { shown: line };
      // Whatever else comes answers nothing: a command must not pass for answered by it.
      const [, tag = ''] = /^(\S+) (?:OK|NO|BAD)\b/i.exec(raw) ?? [];
      if (!sent.has(tag)) return { shown: line, trouble: new UnexpectedReply(line, 'an IMAP response') };
      sasl.end();
      answered(command, [line]);
      // Who we are is told out of courtesy: a server that does not want to know it has refused nothing.
      return /^\S+ (?:NO|BAD)\b/i.test(line) && command !== 'ID'
        ? refusedBy('imap', line, command)
        : { shown: line };
    },
  };
}

function pop3Parser({ safe, answered }: Telling): TranscriptParser {
  const sasl = new Sasl();
  let command = '';
  /** Whose lines come until the dot: those of a list are kept, those of a message are not. */
  let listing: 'list' | 'message' | null = null;
  return {
    challenge: () => sasl.challenge,
    ours(line) {
      if (sasl.open) return sasl.ours(line);
      const [word = '', mechanism = '', response] = line.split(' ');
      command = word.toUpperCase();
      return command === 'AUTH' ? `${word} ${mechanism}${sasl.begin(response)}` : safe(line);
    },
    theirs(raw) {
      if (listing && raw === '.') listing = null;
      else if (listing) return { shown: listing === 'message' ? null : safe(raw) };
      else return status(raw);
      return { shown: raw };
    },
  };
  function status(raw: string): Heard {
    const line = safe(raw);
    if (/^\+(?: |$)/.test(raw)) {
      sasl.continuation(raw.slice(1), safe);
      return { shown: line };
    }
    sasl.end();
    answered(command, [line]);
    if (!/^\+OK\b/i.test(raw))
      return /^-ERR\b/i.test(raw) && command !== '' ? refusedBy('pop3', line, command) : { shown: line };
    if (command === 'TOP' || command === 'RETR') listing = 'message';
    else if (command === 'CAPA') listing = 'list';
    return { shown: line };
  }
}

function smtpParser({ safe, answered }: Telling): TranscriptParser {
  const sasl = new Sasl();
  /** Commands may be sent before the answers to those before them have come (RFC 2920). */
  const asked: string[] = [''];
  let message = false;
  let reply: string[] = [];
  return {
    challenge: () => sasl.challenge,
    ours(line) {
      if (message && line !== '.') return null;
      if (message) {
        message = false;
        asked.push('the message');
        return line;
      }
      if (sasl.open) {
        asked.push('AUTH');
        return sasl.ours(line);
      }
      const [, command = ''] = /^(MAIL FROM|RCPT TO|\S+)/i.exec(line) ?? [];
      asked.push(command.toUpperCase());
      if (command.toUpperCase() !== 'AUTH') return safe(line);
      const [word = '', mechanism = '', response] = line.split(' ');
      return `${word} ${mechanism}${sasl.begin(response)}`;
    },
    theirs(raw) {
      const line = safe(raw);
      const [, code, more] = /^(\d{3})([ -]|$)/.exec(raw) ?? [];
      if (code === undefined) return { shown: line, trouble: new UnexpectedReply(line, 'an SMTP reply') };
      reply.push(line);
      if (more === '-') return { shown: line };
      const lines = reply;
      reply = [];
      const command = asked.shift() ?? '';
      if (code === '334') sasl.continuation(raw.slice(4), safe);
      else if (command === 'AUTH') sasl.end();
      if (code === '354') message = true;
      answered(command, lines);
      return Number(code) >= 400 ? refusedBy('smtp', lines.join(' '), command, line) : { shown: line };
    },
  };
}

function refusedBy(protocol: MailProtocol, line: string, command: string, shown = line): Heard {
  return { shown, trouble: refusal(protocol, line, command) };
}
