import { defineCheck } from '../check.ts';
import { withPop3 } from '../io/pop3-session.ts';

export const pop3Mailbox = defineCheck({
  id: 'pop3.mailbox',
  title: 'The mailbox opens by POP3',
  proves:
    'Exchange Online accepts the access token for POP3, and opens the mailbox; nothing in it is changed.',
  target: 'pop3',
  statements: ['S30', 'S34', 'S36', 'S37', 'S44'],
  needs: 'access-token',
  run: (run, network, credential) => withPop3({ run, network, credential }, async () => undefined),
});
