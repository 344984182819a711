import type { CheckRun } from '../check.ts';
import { evidenceLines, evidenceText } from '../evidence-text.ts';
import { PathError, UnexpectedReply } from '../path-error.ts';
import { Dialogue } from './dialogue.ts';
import { frontEndInBrackets } from './front-end.ts';
import type { LentRun } from './lent-run.ts';
import { LineReader } from './line-reader.ts';
import { pop3Greeting, pop3Ok, pop3Rest } from './pop3.ts';
import type { SignIn } from './xoauth2.ts';
import { recordLogin, signInOf } from './xoauth2.ts';

/** The headers of the newest messages are looked at, and nothing else is ever fetched. */
const MOST_BYTES = 1024 * 1024;

/** A session in the state TRANSACTION (RFC 1939, section 5). */
export interface Pop3Session {
  /** How many messages there were when the mailbox was opened. */
  messages: number;
  dialogue: Dialogue;
  /** Sends a command that is answered by one line, which must be `+OK`. */
  ask: (command: string) => Promise<string>;
  /** Sends a command that is answered by `+OK` and lines until the dot. */
  list: (command: string) => Promise<string[]>;
}

/**
 * Signs in by XOAUTH2 in two lines, the only form that Exchange Online takes, and opens the mailbox, phases `resolve`
 * to `open-mailbox`; then does the work and leaves with QUIT, at which messages that were marked are removed.
 */
export async function withPop3(lent: LentRun, work: (session: Pop3Session) => Promise<void>): Promise<void> {
  const { run, network } = lent;
  const signIn = signInOf(lent);
  const dialogue = new Dialogue(await network.openTls(), 'pop3', signIn.secrets);
  const reader = new LineReader(dialogue, run.signal, MOST_BYTES);
  const ask = (command: string) => {
    reader.send(command);
    return dialogue.during(pop3Ok(reader, `+OK to ${command.split(' ', 1)[0]}`));
  };
  const list = async (command: string) => {
    await ask(command);
    return dialogue.during(pop3Rest(reader));
  };
  try {
    await run.phase('greet', async () => {
      const greeting = await dialogue.during(pop3Greeting(reader));
      run.record('pop3', { greeting: evidenceText(greeting), frontEnd: frontEndInBrackets(greeting) });
      const capa = await list('CAPA');
      run.record('pop3', { capa: evidenceLines(capa) });
      if (!capa.some((line) => /^SASL .*\bXOAUTH2\b/i.test(line)))
        throw new PathError('unexpected-reply', 'does not offer SASL XOAUTH2 among its capabilities');
    });
    await run.phase('authenticate', () => authenticate(reader, dialogue, signIn, run));
    const messages = await run.phase('open-mailbox', () => openMailbox(ask, dialogue, run));
    await work({ messages, dialogue, ask, list });
    if (dialogue.reply('QUIT') === null) await reader.bye('QUIT');
  } finally {
    run.record('dialogue', dialogue.facts());
    dialogue.destroy();
  }
}

async function authenticate(
  reader: LineReader,
  dialogue: Dialogue,
  signIn: SignIn,
  run: CheckRun,
): Promise<void> {
  const line = () => dialogue.during(reader.line());
  try {
    reader.send('AUTH XOAUTH2');
    mustContinue(await line());
    reader.send(signIn.response);
    let answer = await line();
    if (/^\+(?: |$)/.test(answer)) {
      // What is wrong is told first, and the verdict comes when that was taken note of (RFC 7628, section 3.2.3).
      reader.send('');
      answer = await line();
    }
    if (!/^\+OK\b/i.test(answer)) throw new UnexpectedReply(answer, '+OK to AUTH');
  } finally {
    recordLogin(run, signIn, { reply: dialogue.verdictOn('AUTH'), challenge: dialogue.challenge });
  }
}

function mustContinue(line: string): void {
  if (!/^\+(?: |$)/.test(line)) throw new UnexpectedReply(line, 'a continuation "+ " to AUTH XOAUTH2');
}

/** STAT tells whether the mailbox opens, and changes nothing. */
async function openMailbox(ask: Pop3Session['ask'], dialogue: Dialogue, run: CheckRun): Promise<number> {
  try {
    const line = await ask('STAT');
    const [, messages, octets] = /^\+OK (\d{1,10}) (\d{1,15})\b/i.exec(line) ?? [];
    if (messages === undefined) throw new UnexpectedReply(line, '+OK with two numbers to STAT');
    const counts = { messages: Number(messages), octets: Number(octets) };
    run.record('mailbox', { opened: true, reply: evidenceText(line), ...counts });
    return counts.messages;
  } catch (error) {
    const reply = dialogue.reply('STAT');
    run.record('mailbox', { opened: false, reply: reply === null ? null : evidenceText(reply) });
    throw error;
  }
}
