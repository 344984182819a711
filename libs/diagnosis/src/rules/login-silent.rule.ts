import { loginLines } from '../evidence/logins.ts';
import { defineRule, eachResult, nothing } from '../rule.ts';
import { isLoginCheck } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const loginSilent = defineRule({
  id: 'login.silent',
  items: ['X8', 'C10'],
  owner: 'network',
  confidence: 'possible',
  words: words({
    en: {
      sentence: ({ protocols, mailboxes, places }) =>
        `${en.list(places)} breaks off while ${en.list(mailboxes)} signs in (${en.list(protocols)}).`,
      cause: (p) =>
        `The conversation ended without a yes or no: a device on the path that drops long lines, or a server without such a mailbox.${en.ifLocal(p, 'Other servers sign in.')}`,
      nextStep: (p) =>
        `Let ${en.list(p.places)} pass without protocol inspection for ${en.here(p)}, and see that the mailbox exists.`,
    },
    ja: {
      sentence: ({ protocols, mailboxes, places }) =>
        `${ja.list(places)} が、${ja.list(mailboxes)} のサインイン中に通信を打ち切ります (${ja.list(protocols)})。`,
      cause: (p) =>
        `成否の応答なしに通信が終わりました。長い行を通さない途中の機器、または該当するメールボックスがないサーバーが考えられます。${ja.ifLocal(p, 'ほかのサーバーではサインインできます。')}`,
      nextStep: (p) =>
        `${ja.here(p)}について、${ja.list(p.places)} をプロトコル インスペクションなしで通過させ、メールボックスが存在することを確認してください。`,
    },
  }),
  find: eachResult({
    applies: (result) =>
      isLoginCheck(result) &&
      ['authenticate', 'open-mailbox', 'send'].includes(result.failure?.phase ?? '') &&
      ['timeout', 'reset', 'closed', 'unexpected-reply'].includes(result.failure?.code ?? ''),
    details: nothing,
    evidence: loginLines,
  }),
});
