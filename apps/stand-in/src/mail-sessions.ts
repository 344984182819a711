import type { Socket } from 'node:net';
import type { TlsPair } from '@mailpath/checks/testing';

/** The mail side of the stand-in: what is done with a connection to one of its addresses. */
export interface MailSessions {
  /** Over TLS already. */
  imap: (socket: Socket, address: string) => void;
  /** Over TLS already. */
  pop3: (socket: Socket, address: string) => void;
  /** In plain text; `tls` is for the answer to STARTTLS. */
  smtp: (socket: Socket, address: string, tls: TlsPair) => void;
  /** Forgets all messages. */
  reset: () => void;
}

/** Mail that is out of service, said as Exchange Online says it (rows B8, C6 and D25 of its answers). */
export const OUT_OF_SERVICE: MailSessions = {
  imap: (socket) => refuse(socket, '* BYE Server Unavailable. 15'),
  pop3: (socket) => refuse(socket, '-ERR Server Unavailable. 21'),
  smtp: (socket) => refuse(socket, '421 4.3.2 Service not active'),
  reset: () => undefined,
};

function refuse(socket: Socket, line: string): void {
  // What is said to it meanwhile must be read, or the connection stays.
  socket.resume();
  socket.end(`${line}\r\n`);
}
