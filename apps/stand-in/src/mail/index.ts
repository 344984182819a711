export { imapSession } from './imap-session.ts';
export { pop3Session } from './pop3-session.ts';
export { smtpSession } from './smtp-session.ts';
export { MailStore, type StoreLimits, type StoredMessage } from './mail-store.ts';
export type { MailProtocol, MailWorld } from './mail-world.ts';
export { KNOWN_ROWS } from './answers.ts';
