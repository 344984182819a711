import { loginLines, mailboxPart } from '../evidence/logins.ts';
import { defineRule, eachResult } from '../rule.ts';
import { mailboxOf } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const mailNotReturned = defineRule({
  id: 'mail.not-returned',
  items: ['X7', 'C6'],
  owner: 'exchange',
  confidence: 'possible',
  after: ['login.unavailable'],
  words: words<{ line: string }>({
    en: {
      sentence: ({ mailboxes, line }) =>
        `A message sent as ${en.list(mailboxes)} was accepted, but was not found again: ${line}`,
      cause: () =>
        'The mail is in transit or was put elsewhere: a rule, a journal, quarantine, or a slow transport.',
      nextStep: ({ mailboxes }) =>
        `Look for the message id in the message trace of Exchange Online, and for rules of ${en.list(mailboxes)}.`,
    },
    ja: {
      sentence: ({ mailboxes, line }) =>
        `${ja.list(mailboxes)} として送信したメッセージは受け付けられましたが、見つかりませんでした: ${line}`,
      cause: () => '配送中か、ルール、ジャーナル、検疫などで別の場所に移されたか、配送が遅れています。',
      nextStep: ({ mailboxes }) =>
        `Exchange Online のメッセージ追跡でメッセージ ID を検索し、${ja.list(mailboxes)} のルールを確認してください。`,
    },
  }),
  find: eachResult({
    applies: ({ failure }) => failure?.phase === 'receive' && failure.code !== 'throttled',
    about: mailboxOf,
    part: mailboxPart,
    details: ([{ failure }]) => ({ line: failure?.message ?? '' }),
    evidence: loginLines,
  }),
});
