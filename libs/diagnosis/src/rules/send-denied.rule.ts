import type { CheckResult } from '@mailpath/protocol';
import { refusedForGood, known, loginLines, mailboxPart } from '../evidence/logins.ts';
import type { RuleContext } from '../look.ts';
import { denials } from '../sign-in/denials.ts';
import { defineRule, eachResult } from '../rule.ts';
import { knownAnswer, mailboxOf, refusal, refusedPart } from '../sign-in/sign-in.ts';
import { each } from '../words/commands.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { byRung, itemsOf, type Refusal, words } from '../words/told.ts';

type Part = ReturnType<typeof refusedPart>;
const JA: Readonly<Record<Part, string>> = { sender: '送信者', recipient: '受信者', message: 'メッセージ' };

/** A finding that an older version stored does not say which. */
const partOf = ({ sendAs, refused }: { sendAs?: boolean; refused?: Part }): Part =>
  sendAs ? 'sender' : (refused ?? 'message');

/**
 * The login is good, so what is refused is the sender, the recipient or the message: only the answer can say which, and
 * why.
 */
export const sendDenied = defineRule({
  id: 'send.denied',
  items: (p) => itemsOf(p, p.answer?.owner === 'mailpath' ? ['X8'] : p.answer ? ['C7'] : ['X7', 'C8']),
  owner: ({ answer }) => answer?.owner ?? 'exchange',
  confidence: (p) => byRung(p, 'likely'),
  after: ['mailbox.no-log-on'],
  words: words<Refusal & { sendAs?: boolean; refused?: Part }>({
    en: {
      sentence: (p) =>
        `SMTP takes the login of ${en.list(p.mailboxes)}, but not the ${partOf(p)}${en.said(p)}`,
      cause: (p) =>
        p.sendAs
          ? en.because(
              p,
              'The login is good, so the token is not the cause: the account has no right to send as this address.',
            )
          : `The login is good, so the token is not the cause. ${en.meaning(p, 'The server refused the message when it was handed over and gives the reason in its answer.')}`,
      nextStep: (p) =>
        p.sendAs
          ? `Give the right, or send as the account itself:\n${each(p.mailboxes, (one) => `Add-RecipientPermission ${one} -Trustee <token user> -AccessRights SendAs`)}`
          : en.remedy(
              p,
              'Show the line to the Exchange administrator, and find the attempt in the message trace of the Exchange admin center.',
            ),
    },
    ja: {
      sentence: (p) =>
        `SMTP は ${ja.list(p.mailboxes)} のログインを受け入れますが、${JA[partOf(p)]}を拒否します${ja.said(p)}。`,
      cause: (p) =>
        p.sendAs
          ? ja.because(
              p,
              'ログインは成功しているため、トークンの問題ではありません。アカウントにこのアドレスとして送信する権限がありません。',
            )
          : `ログインは成功しているため、トークンの問題ではありません。${ja.meaning(p, 'メッセージの引き渡し時にサーバーが拒否しました。理由はサーバーの応答に示されています。')}`,
      nextStep: (p) =>
        p.sendAs
          ? `権限を付与するか、アカウント自身のアドレスで送信してください:\n${each(p.mailboxes, (one) => `Add-RecipientPermission ${one} -Trustee <token user> -AccessRights SendAs`)}`
          : ja.remedy(
              p,
              'この行を Exchange の管理者に提示し、Exchange 管理センターのメッセージ追跡でこの送信を確認してください。',
            ),
    },
  }),
  claims: (p) => denials('send', p),
  find: eachResult({
    applies: (result, context) => refusedForGood(result, 'send', context),
    about: mailboxOf,
    part: mailboxPart,
    details: (results, context) => ({
      ...refusal(results, context),
      sendAs: denies(results[0], context) === 'send-as',
      refused: refusedPart(results[0]),
    }),
    evidence: loginLines,
    more: known,
  }),
});

const denies = (result: CheckResult, context: RuleContext) => knownAnswer(result, context)?.denies ?? null;
