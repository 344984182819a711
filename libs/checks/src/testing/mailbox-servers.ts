import type { Listener, ListenOptions } from './listen.ts';
import { listen } from './listen.ts';
import { onLine } from './scripts.ts';
import type { TlsPair } from './test-ca.ts';

/** TEST.EURP000.PROD.OUTLOOK.COM as Exchange writes a front end's name: base64 of UTF-16LE. */
const FRONT_END = Buffer.from('TEST.EURP000.PROD.OUTLOOK.COM', 'utf16le').toString('base64');
const IMAP_OFFERS =
  'IMAP4 IMAP4rev1 AUTH=PLAIN AUTH=XOAUTH2 SASL-IR UIDPLUS ID UNSELECT CHILDREN IDLE NAMESPACE LITERAL+';

/** What may be said differently from Exchange Online (A1 to A3, A6 to A8 of its lines). */
export interface ImapTalk {
  greeting?: string;
  capability?: string;
  /** The whole answer to CAPABILITY, `<t>` standing for the tag. */
  answer?: string;
  onCommand?: (line: string) => void;
}

export interface Pop3Talk {
  greeting?: string;
  capa?: readonly string[];
  /** The whole answer to CAPA. */
  answer?: string;
  onCommand?: (line: string) => void;
}

/** IMAP over TLS, as outlook.office365.com talks. */
export function startImapServer(
  at: ListenOptions & { tls: TlsPair },
  talk: ImapTalk = {},
): Promise<Listener> {
  return listen(at, (socket) => {
    const say = (text: string) => socket.write(`${text}\r\n`);
    say(talk.greeting ?? `* OK The Microsoft Exchange IMAP4 service is ready. [${FRONT_END}]`);
    onLine(socket, (line) => {
      talk.onCommand?.(line);
      const [tag = '*', command = ''] = line.split(' ');
      const said =
        talk.answer ?? `* CAPABILITY ${talk.capability ?? IMAP_OFFERS}\r\n<t> OK CAPABILITY completed.`;
      if (/^CAPABILITY$/i.test(command)) say(said.replaceAll('<t>', tag));
      else if (/^LOGOUT$/i.test(command)) {
        socket.end(
          `* BYE Microsoft Exchange Server IMAP4 server signing off.\r\n${tag} OK LOGOUT completed.\r\n`,
        );
      } else say(`${tag} BAD Command received in Invalid state.`);
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
    say(talk.greeting ?? `+OK The Microsoft Exchange POP3 service is ready. [${FRONT_END}]`);
    onLine(socket, (line) => {
      talk.onCommand?.(line);
      if (/^CAPA$/i.test(line)) say(talk.answer ?? ['+OK', ...capa, '.'].join('\r\n'));
      else if (/^QUIT$/i.test(line)) socket.end('+OK Microsoft Exchange Server POP3 server signing off.\r\n');
      else say('-ERR Protocol error. Connection is closed. 10');
    });
  });
}
