import { defineCheck } from '../check.ts';
import { withImap } from '../io/imap-session.ts';

export const imapMailbox = defineCheck({
  id: 'imap.mailbox',
  title: 'The mailbox opens by IMAP',
  proves:
    'Exchange Online accepts the access token for IMAP, and opens the mailbox’s INBOX for its user; nothing in it is changed.',
  target: 'imap',
  statements: ['S30', 'S34', 'S36', 'S37', 'S44'],
  needs: 'access-token',
  run: (run, network, credential) =>
    withImap({ run, network, credential }, { readOnly: true }, async () => undefined),
});
