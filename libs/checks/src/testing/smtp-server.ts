import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { SignInTalk } from './answers.ts';
import { judge, sayAnswer } from './answers.ts';
import type { Listener, ListenOptions } from './listen.ts';
import { listen } from './listen.ts';
import { onLine } from './scripts.ts';
import type { TlsPair } from './test-ca.ts';

/** What may be said differently from Exchange Online (A10 to A13 of its lines). */
export interface SmtpTalk extends SignInTalk {
  greeting?: string;
  /** Lines of the answer to EHLO before TLS, without code. */
  ehlo?: readonly string[];
  ehloAfterTls?: readonly string[];
  startTls?: string;
  /** Sent in plain text in the same packet as the answer to STARTTLS. */
  injected?: string;
  /** What happens after the 220 to STARTTLS instead of TLS. */
  insteadOfTls?: (socket: Socket) => void;
  /** Hears every message that is handed over, as it came. */
  onMessage?: (message: string) => void;
  /** Hears every command. */
  onCommand?: (line: string) => void;
}

const OFFERED = ['SIZE 157286400', 'PIPELINING', 'DSN', 'ENHANCEDSTATUSCODES'];
const ALSO = ['8BITMIME', 'BINARYMIME', 'CHUNKING', 'SMTPUTF8'];

/** Submission with STARTTLS, as smtp.office365.com talks. */
export function startSmtpServer(
  { tls, ...at }: ListenOptions & { tls: TlsPair },
  talk: SmtpTalk = {},
): Promise<Listener> {
  return listen(at, (socket) => {
    const hello = `TEST.outlook.office365.com Hello [${socket.remoteAddress ?? '127.0.0.1'}]`;
    const before = talk.ehlo ?? [hello, ...OFFERED, 'STARTTLS', ...ALSO];
    const after = talk.ehloAfterTls ?? [hello, ...OFFERED, 'AUTH LOGIN XOAUTH2', ...ALSO];
    const say = (text: string) => socket.write(`${text}\r\n`);
    say(talk.greeting ?? `220 TEST.outlook.office365.com Microsoft ESMTP MAIL Service ready at ${now()}`);
    onLine(socket, (line) => {
      talk.onCommand?.(line);
      if (/^EHLO /i.test(line)) say(reply(before));
      else if (/^QUIT$/i.test(line)) socket.end('221 2.0.0 Service closing transmission channel\r\n');
      else if (!/^STARTTLS$/i.test(line)) say('500 5.3.3 Unrecognized command');
      else {
        const answer = talk.startTls ?? '220 2.0.0 SMTP server ready';
        say(talk.injected === undefined ? answer : `${answer}\r\n${talk.injected}`);
        if (!answer.startsWith('220')) return;
        socket.removeAllListeners('data');
        if (talk.insteadOfTls) talk.insteadOfTls(socket);
        else talkOverTls(socket, tls, after, talk);
      }
    });
  });
}

/** What Exchange Online says to a client that is signed in. */
const ANSWERS: Readonly<Record<string, string>> = {
  'MAIL FROM': '250 2.1.0 Sender OK',
  'RCPT TO': '250 2.1.5 Recipient OK',
  DATA: '354 Start mail input; end with <CRLF>.<CRLF>',
  '.': '250 2.0.0 OK <4711@TEST.eurp000.prod.outlook.com> [Hostname=TEST.EURP000.PROD.OUTLOOK.COM]',
  RSET: '250 2.0.0 Resetting',
};

function talkOverTls(socket: Socket, tls: TlsPair, ehlo: readonly string[], talk: SmtpTalk): void {
  const secured = new TLSSocket(socket, { isServer: true, key: tls.key, cert: tls.cert });
  secured.on('error', () => socket.destroy());
  const answers: SignInTalk['answers'] = {
    ...ANSWERS,
    EHLO: reply(ehlo),
    QUIT: () => {
      secured.end('221 2.0.0 Service closing transmission channel\r\n');
      return undefined;
    },
    ...talk.answers,
  };
  let hear: ((line: string) => void) | null = null;
  let message: string[] | null = null;
  onLine(secured, (line) => {
    if (message && line !== '.') return void message.push(line);
    talk.onCommand?.(line);
    if (message) talk.onMessage?.(message.join('\r\n'));
    message = null;
    const now = hear;
    hear = null;
    if (now) return now(line);
    const [word = ''] = /^(?:MAIL FROM|RCPT TO|\S+?(?=\s|$))/i.exec(line) ?? [];
    const command = word.toUpperCase();
    const [, , response] = line.split(' ');
    if (command === 'AUTH' && response !== undefined && answers['AUTH'] === undefined) {
      const otherwise = '235 2.7.0 Authentication successful';
      return judge(talk, response, otherwise, { socket: secured, prefix: '334' }, (next) => (hear = next));
    }
    const answer = answers[command] ?? '500 5.3.3 Unrecognized command';
    if (command === 'DATA' && typeof answer === 'string' && answer.startsWith('354')) message = [];
    sayAnswer(answer, line, secured);
  });
}

function reply(lines: readonly string[]): string {
  return lines.map((line, index) => `250${index === lines.length - 1 ? ' ' : '-'}${line}`).join('\r\n');
}

function now(): string {
  return new Date().toUTCString().replace('GMT', '+0000');
}
