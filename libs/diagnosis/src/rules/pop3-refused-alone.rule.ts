import type { CheckResult } from '@mailpath/protocol';
import { deniedIn, known, loginLines, mailboxPart } from '../evidence/logins.ts';
import type { RuleContext } from '../look.ts';
import { isPast } from '../observe.ts';
import { defineRule, eachResult } from '../rule.ts';
import type { KnownAnswer } from '../sign-in/answers.ts';
import { denials } from '../sign-in/denials.ts';
import { heldPermission, type HeldPermission } from '../sign-in/held-permission.ts';
import { loginsAs, throughElsewhere } from '../sign-in/logins-of.ts';
import { knownAnswer, refusal, signsInBy, spoken, userFor } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { each } from '../words/commands.ts';
import { type Refusal, words } from '../words/told.ts';

/** SMTP accepts the sign-in of the same user here, whatever becomes of the message. */
const smtpAccepts = (result: CheckResult, context: RuleContext): boolean =>
  loginsAs(userFor(result, context), context).some(
    (other) => signsInBy(other) === 'smtp' && isPast(other, 'authenticate'),
  );

/** Where another server is let in to the same mailbox, no switch and no right is it. */
const pop3Elsewhere = (result: CheckResult, context: RuleContext): boolean =>
  [...throughElsewhere(result, context).keys()].some((check) => signsInBy({ check }) === 'pop3');

/** Exchange's one answer, which tells no reason; words that are not known may tell one. */
const isOneForAll = (answer: KnownAnswer | null): boolean =>
  answer?.rung === 'row' && answer.items?.[0] === 'C5';

const switches = (user: string): string => `Get-CASMailbox ${user} | fl PopEnabled`;
const rights = (mailbox: string): string => `Get-MailboxPermission ${mailbox}`;

/** POP3 has one answer for the token, the switch and the right; that SMTP accepts the token leaves the last two. */
export const pop3RefusedAlone = defineRule({
  id: 'pop3.refused-alone',
  items: ['C6', 'C8', 'X2'],
  owner: 'exchange',
  confidence: ({ scope }) => (scope === 'granted' ? 'likely' : 'possible'),
  after: ['token.other-user', 'token.scope', 'token.app-role', 'login.service-principal'],
  words: words<Refusal & HeldPermission & { users: string[] }>({
    en: {
      sentence: (p) =>
        `POP3 refuses the sign-in to ${en.list(p.mailboxes)}, and SMTP accepts the same token${en.said(p)}`,
      cause: (p) =>
        `Token and account are good, as SMTP accepts them; POP3 has one answer for everything. POP3 is switched off for ${en.list(p.users)}, or that account has no full access to the mailbox${p.scope === 'granted' ? '' : `, or the permission ${p.permission} is missing`}.`,
      nextStep: (p) =>
        `PopEnabled of ${en.list(p.users)} must be True, and the account needs FullAccess to a mailbox that is not its own:\n${each(p.users, switches)}\n${each(p.mailboxes, rights)}${p.scope === 'granted' ? '' : `\nThen see that the application has ${p.permission} and consent to it.`}`,
    },
    ja: {
      sentence: (p) =>
        `POP3 は ${ja.list(p.mailboxes)} へのサインインを拒否しますが、SMTP は同じトークンを受け入れます${ja.said(p)}。`,
      cause: (p) =>
        `SMTP が受け入れるため、トークンとアカウントは正常です。POP3 の応答は理由によらず 1 種類です。${ja.list(p.users)} で POP3 が無効か、このアカウントにメールボックスへのフル アクセス許可がありません${p.scope === 'granted' ? '' : `。${p.permission} のアクセス許可がない可能性もあります`}。`,
      nextStep: (p) =>
        `${ja.list(p.users)} の PopEnabled が True であること、自分のもの以外のメールボックスには FullAccess があることを確認してください:\n${each(p.users, switches)}\n${each(p.mailboxes, rights)}${p.scope === 'granted' ? '' : `\n次に、アプリケーションに ${p.permission} があり、同意されていることを確認してください。`}`,
    },
  }),
  claims: (p) => denials('authenticate', p),
  find: eachResult({
    applies: (result, context) =>
      deniedIn(result, 'authenticate') &&
      spoken(result) === 'pop3' &&
      isOneForAll(knownAnswer(result, context)) &&
      smtpAccepts(result, context) &&
      !pop3Elsewhere(result, context),
    about: userFor,
    part: mailboxPart,
    details: (results, context) => ({
      ...refusal(results, context),
      ...heldPermission(results[0], context),
      users: [userFor(results[0], context)],
    }),
    evidence: loginLines,
    more: known,
  }),
});
