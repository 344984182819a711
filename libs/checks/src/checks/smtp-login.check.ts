import { defineCheck, UnexpectedReply } from '../check.ts';
import { evidenceText } from '../evidence-text.ts';
import { withSmtp } from '../io/smtp-session.ts';

export const smtpLogin = defineCheck({
  id: 'smtp.login',
  title: 'The mailbox may send by SMTP',
  proves:
    'Exchange Online accepts the access token for SMTP, and the mailbox as the sender; no mail is sent.',
  target: 'smtp',
  statements: ['S34', 'S35', 'S37', 'S50'],
  needs: 'access-token',
  run: (run, network, credential) =>
    withSmtp({ run, network, credential }, async ({ dialogue, command, say }) => {
      const { mailbox = '' } = run.target;
      await run.phase('send', async () => {
        try {
          const international = /^[\x20-\x7e]*$/.test(mailbox) ? '' : ' SMTPUTF8';
          const { status } = await dialogue.during(command(`MAIL FROM:<${mailbox}>${international}`));
          if (status !== 250)
            throw new UnexpectedReply(dialogue.reply('MAIL FROM') ?? '', '250 to MAIL FROM');
        } finally {
          const reply = dialogue.reply('MAIL FROM');
          const mailFrom = reply === null ? null : evidenceText(reply);
          run.record('submission', { from: evidenceText(mailbox), mailFrom });
        }
      });
      // The mail that was begun is given up; how the server takes that can fail nothing that is proven.
      await say('RSET');
    }),
});
