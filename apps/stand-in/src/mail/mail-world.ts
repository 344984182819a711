import type { AccessTokens } from '../access-tokens.ts';
import type { Directory } from '../directory.ts';
import type { Faults } from '../faults.ts';
import type { MailStore } from './mail-store.ts';

export type MailProtocol = 'imap' | 'pop3' | 'smtp';

/** All that the mail servers know of. */
export interface MailWorld {
  directory: Directory;
  tokens: AccessTokens;
  faults: Faults;
  store: MailStore;
  /** Milliseconds since 1970; the machine's clock when left out. Tokens in open sessions run out by it. */
  now?: () => number;
}
