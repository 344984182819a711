import type { CheckResult } from '@mailpath/protocol';
import { defineRule, eachResult, messages } from '../rule.ts';
import { isRefusal, replyOf } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** What was said to STARTTLS where it was offered and refused (RFC 3207, section 4); empty where it was not. */
function refusedLine(result: CheckResult): string {
  const reply = replyOf(result);
  return isRefusal(reply) ? reply : '';
}

export const starttlsMissing = defineRule({
  id: 'starttls.missing',
  items: ['X6', 'C10'],
  owner: ({ refused = '', spread }) => (refused !== '' && spread === 'all' ? 'microsoft' : 'network'),
  words: words<{ refused?: string }>({
    en: {
      sentence: ({ places, refused = '' }) =>
        refused === ''
          ? `${en.list(places)} answers SMTP, but STARTTLS cannot be used.`
          : `${en.list(places)} offers STARTTLS, and refuses it: ${refused}`,
      cause: (p) =>
        p.refused
          ? `TLS cannot begin, so nobody has signed in yet: a fault of the server, or of a device that answers in its place.${en.ifLocal(p, 'Other servers of the site begin TLS there.')}`
          : `Exchange Online always offers STARTTLS on 587: a firewall with SMTP inspection has taken it out of the conversation, or answers by itself.${en.ifLocal(p, 'Other servers are offered it.')}`,
      nextStep: (p) =>
        p.refused && p.spread === 'all'
          ? 'Look again; if it stays, read the service health of Microsoft 365, and keep the line and its time for Microsoft.'
          : `Switch off SMTP (ESMTP) inspection for ${en.list(p.places)} from ${en.here(p)}.`,
    },
    ja: {
      sentence: ({ places, refused = '' }) =>
        refused === ''
          ? `${ja.list(places)} は SMTP で応答しますが、STARTTLS を使用できません。`
          : `${ja.list(places)} は STARTTLS を提示しますが、拒否します: ${refused}`,
      cause: (p) =>
        p.refused
          ? `TLS を開始できないため、まだ誰もサインインしていません。サーバー、または代わりに応答する機器の障害です。${ja.ifLocal(p, 'サイトのほかのサーバーでは TLS を開始できます。')}`
          : `Exchange Online はポート 587 で必ず STARTTLS を提示します。SMTP インスペクションを行うファイアウォールが取り除いたか、自ら応答しています。${ja.ifLocal(p, 'ほかのサーバーには提示されています。')}`,
      nextStep: (p) =>
        p.refused && p.spread === 'all'
          ? '再度確認し、続く場合は Microsoft 365 のサービス正常性を確認して、応答の行と時刻を Microsoft への問い合わせ用に控えてください。'
          : `${ja.here(p)}から ${ja.list(p.places)} への SMTP (ESMTP) インスペクションを無効にしてください。`,
    },
  }),
  claims: ({ places, refused = '' }) =>
    places.map((endpoint) =>
      refused === ''
        ? { claim: 'not-offered', word: 'STARTTLS', endpoint }
        : { claim: 'handshake-fails', endpoint },
    ),
  alike: { by: (result) => (refusedLine(result) === '' ? 'STARTTLS' : 'STARTTLS refused'), in: 'starttls' },
  find: eachResult({
    applies: ({ failure }) =>
      failure?.phase === 'starttls' && ['unexpected-reply', 'denied', 'unavailable'].includes(failure.code),
    details: ([first]) => ({ refused: refusedLine(first) }),
    evidence: (results) => [
      ...messages(results),
      ...results.flatMap(({ evidence }) => evidence.smtp?.ehlo ?? []),
    ],
  }),
});
