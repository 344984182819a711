import type { CheckResult } from '@mailpath/protocol';
import { defineRule, eachResult, messages } from '../rule.ts';
import { isRefusal, knownAnswer, refusal } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { byRung, isLocal, isOwnState, itemsOf, type Refusal, type Told, words } from '../words/told.ts';
import { seen } from '../evidence/replies.ts';

/** Whether the server said no before anybody signed in: it has seen an address, and nothing of account or token. */
const turnsAway = (result: CheckResult): boolean => {
  const { failure } = result;
  if (failure?.phase !== 'greet') return false;
  if (failure.code === 'denied' || failure.code === 'unavailable') return true;
  return failure.code === 'unexpected-reply' && isRefusal(seen(result));
};

/** The others are greeted, and the answer is neither of the service's state nor of how this server calls itself. */
const isOfAddress = (p: Told & Refusal): boolean =>
  isLocal(p) && p.answer?.owner !== 'server-administrator' && !isOwnState(p);

export const greetRefused = defineRule({
  id: 'greet.refused',
  items: (p) => itemsOf(p, ['C10', 'X7']),
  owner: (p) =>
    isLocal(p) && !isOwnState(p)
      ? 'network'
      : p.spread === 'all' && p.answer?.owner === 'microsoft'
        ? 'microsoft'
        : (p.answer?.owner ?? 'unknown'),
  confidence: (p) => byRung(p, 'likely'),
  after: ['greet.no-xoauth2', 'starttls.missing'],
  words: words<Refusal>({
    en: {
      sentence: (p) =>
        `${en.list(p.places)} turns ${en.here(p)} away before anybody signs in (${en.list(p.protocols)})${en.said(p)}`,
      cause: (p) =>
        `${en.meaning(p, 'Why, the server says in its own words.')} No account, token or mailbox was looked at: the server has seen no more than the address that asks.${isOwnState(p) ? '' : en.ifLocal(p, 'Other servers of the site are greeted, so it is the public address of this one.')}`,
      nextStep: (p) =>
        isOfAddress(p)
          ? `Compare the public address of ${en.here(p)} with that of ${en.list(p.witnesses)}, and see whether a block list holds it.`
          : en.remedy(
              p,
              'Read the line, and compare it with what another network is told; keep line and time for who runs the server.',
            ),
    },
    ja: {
      sentence: (p) =>
        `${ja.list(p.places)} が、サインインの前に${ja.here(p)}からの接続を拒否しています (${ja.list(p.protocols)})${ja.said(p)}。`,
      cause: (p) =>
        `${ja.meaning(p, '理由はサーバーの応答に示されています。')}アカウント、トークン、メールボックスはまだ確認されていません。サーバーが把握しているのは接続元のアドレスだけです。${isOwnState(p) ? '' : ja.ifLocal(p, 'サイトのほかのサーバーは接続できるため、このサーバーのパブリック アドレスに原因があります。')}`,
      nextStep: (p) =>
        isOfAddress(p)
          ? `${ja.here(p)}のパブリック アドレスを ${ja.list(p.witnesses)} のものと比較し、ブロック リストに登録されていないか確認してください。`
          : ja.remedy(
              p,
              '応答の行を確認し、別のネットワークからの応答と比較してください。サーバーの運用者への問い合わせ用に、行と時刻を控えてください。',
            ),
    },
  }),
  find: eachResult({
    applies: turnsAway,
    details: refusal,
    evidence: messages,
    more: ([first], context) => ({ answer: knownAnswer(first, context) }),
  }),
});
