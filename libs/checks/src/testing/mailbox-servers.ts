import type { SignInTalk } from './answers.ts';
import { judge, sayAnswer } from './answers.ts';
import type { Listener, ListenOptions } from './listen.ts';
import { listen } from './listen.ts';
import { onLine } from './scripts.ts';
import type { TlsPair } from './test-ca.ts';

/** TEST.EURP000.PROD.OUTLOOK.COM as Exchange writes a front end's name: base64 of UTF-16LE. */
const FRONT_END = Buffer.from('TEST.EURP000.PROD.OUTLOOK.COM', 'utf16le').toString('base64');
const IMAP_OFFERS =
  'IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+';

/** What may be said differently from Exchange Online (A1 to A3, A6 to A8 of its lines). */
export interface ImapTalk extends SignInTalk {
  greeting?: string;
  capability?: string;
  /** The whole answer to CAPABILITY, `<t>` standing for the tag. */
  answer?: string;
  onCommand?: (line: string) => void;
}

export interface Pop3Talk extends SignInTalk {
  greeting?: string;
  capa?: readonly string[];
  /** The whole answer to CAPA. */
  answer?: string;
  onCommand?: (line: string) => void;
}

const BOX = [
  '* 3 EXISTS',
  '* 0 RECENT',
  '* FLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)',
  '* OK [PERMANENTFLAGS (\\Seen \\Answered \\Flagged \\Deleted \\Draft $MDNSent)] Permanent flags',
  '* OK [UIDVALIDITY 14] UIDVALIDITY value',
  '* OK [UIDNEXT 8] The next unique identifier value',
].join('\r\n');

/** What Exchange Online says to a client that is signed in. */
const IMAP_ANSWERS: Readonly<Record<string, string>> = {
  ID: '* ID ("name" "Microsoft.Exchange.Imap4.Imap4Server")\r\n<t> OK ID completed',
  NAMESPACE: '* NAMESPACE (("" "/")) NIL NIL\r\n<t> OK NAMESPACE completed.',
  EXAMINE: `${BOX}\r\n<t> OK [READ-ONLY] EXAMINE completed.`,
  SELECT: `${BOX}\r\n<t> OK [READ-WRITE] SELECT completed.`,
  NOOP: '<t> OK NOOP completed.',
  SEARCH: '* SEARCH\r\n<t> OK SEARCH completed.',
  STORE: '<t> OK STORE completed.',
  EXPUNGE: '<t> OK EXPUNGE completed.',
};

/** IMAP over TLS, as outlook.office365.com talks. */
export function startImapServer(
  at: ListenOptions & { tls: TlsPair },
  talk: ImapTalk = {},
): Promise<Listener> {
  return listen(at, (socket) => {
    const say = (text: string) => socket.write(`${text}\r\n`);
    const capability = `* CAPABILITY ${talk.capability ?? IMAP_OFFERS}\r\n<t> OK CAPABILITY completed.`;
    const answers: SignInTalk['answers'] = {
      ...IMAP_ANSWERS,
      CAPABILITY: talk.answer ?? capability,
      LOGOUT: (line) => {
        const bye = `* BYE Microsoft Exchange Server IMAP4 server signing off.\r\n${line.split(' ')[0]} OK LOGOUT completed.\r\n`;
        socket.end(bye);
        return undefined;
      },
      ...talk.answers,
    };
    let hear: ((line: string) => void) | null = null;
    say(talk.greeting ?? `* OK The Microsoft Exchange IMAP4 service is ready. [${FRONT_END}]`);
    onLine(socket, (line) => {
      talk.onCommand?.(line);
      const now = hear;
      hear = null;
      if (now) return now(line);
      const next = (listener: (line: string) => void) => (hear = listener);
      const [, tag = '*', command = ''] = /^(\S+) (?:UID )?(\S+)/i.exec(line) ?? [];
      if (!/^AUTHENTICATE$/i.test(command))
        return sayAnswer(
          answers[command.toUpperCase()] ?? '<t> BAD Command received in Invalid state.',
          line,
          socket,
          tag,
        );
      const taken = (credential: string) =>
        judge(talk, credential, '<t> OK AUTHENTICATE completed.', { socket, tag }, next);
      const [, , , response] = line.split(' ');
      if (response !== undefined) return taken(response);
      say('+ ');
      next(taken);
    });
  });
}

/** POP3 over TLS, as outlook.office365.com talks. */
export function startPop3Server(
  at: ListenOptions & { tls: TlsPair },
  talk: Pop3Talk = {},
): Promise<Listener> {
  return listen(at, (socket) => {
    const say = (text: string) => socket.write(`${text}\r\n`);
    const capa = talk.capa ?? ['TOP', 'UIDL', 'SASL PLAIN XOAUTH2', 'USER'];
    const answers: SignInTalk['answers'] = {
      STAT: '+OK 3 4711',
      DELE: '+OK',
      CAPA: talk.answer ?? ['+OK', ...capa, '.'].join('\r\n'),
      QUIT: () => {
        socket.end('+OK Microsoft Exchange Server POP3 server signing off.\r\n');
        return undefined;
      },
      ...talk.answers,
    };
    let hear: ((line: string) => void) | null = null;
    say(talk.greeting ?? `+OK The Microsoft Exchange POP3 service is ready. [${FRONT_END}]`);
    onLine(socket, (line) => {
      talk.onCommand?.(line);
      const now = hear;
      hear = null;
      if (now) return now(line);
      const next = (listener: (line: string) => void) => (hear = listener);
      const [command = ''] = line.toUpperCase().split(' ');
      if (line !== 'AUTH XOAUTH2' || answers['AUTH'] !== undefined)
        return sayAnswer(answers[command] ?? '-ERR Protocol error. Connection is closed. 10', line, socket);
      say('+ ');
      next((credential) => judge(talk, credential, '+OK User successfully authenticated.', { socket }, next));
    });
  });
}
