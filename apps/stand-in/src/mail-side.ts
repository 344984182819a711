import type { Session } from './path-listener.ts';
import { imapSession, MailStore, pop3Session, smtpSession } from './mail/index.ts';
import type { World } from './world.ts';

/** What is done with a connection to a mail service: TLS is done for IMAP and POP3, submission does it itself. */
export interface MailSide {
  imap: Session;
  pop3: Session;
  smtp: Session;
  /** Forgets all messages. */
  reset: () => void;
}

/**
 * The three mail services over one store. A session that rejects is a bug, and an unhandled rejection ends the program.
 */
export function mailSide(world: World): MailSide {
  const store = new MailStore();
  const mailWorld = { ...world, store };
  return {
    imap: (socket, address) => void imapSession(socket, address, mailWorld),
    pop3: (socket, address) => void pop3Session(socket, address, mailWorld),
    smtp: (socket, address, tls) => void smtpSession(socket, address, mailWorld, tls),
    reset: () => store.clear(),
  };
}
