import { defineRule, eachResult, messages, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const starttlsMissing = defineRule({
  id: 'starttls.missing',
  items: ['X6', 'C10'],
  owner: 'network',
  words: words({
    en: {
      sentence: ({ places }) => `${en.list(places)} answers SMTP, but STARTTLS cannot be used.`,
      cause: (p) =>
        `Exchange Online always offers STARTTLS on 587: a firewall with SMTP inspection has taken it out of the conversation, or answers by itself.${en.ifLocal(p, 'Other servers are offered it.')}`,
      nextStep: (p) => `Switch off SMTP (ESMTP) inspection for ${en.list(p.places)} from ${en.here(p)}.`,
    },
    ja: {
      sentence: ({ places }) => `${ja.list(places)} は SMTP で応答しますが、STARTTLS を使用できません。`,
      cause: (p) =>
        `Exchange Online はポート 587 で必ず STARTTLS を提示します。SMTP インスペクションを行うファイアウォールが取り除いたか、自ら応答しています。${ja.ifLocal(p, '他のサーバーには提示されています。')}`,
      nextStep: (p) =>
        `${ja.here(p)}から ${ja.list(p.places)} への SMTP (ESMTP) インスペクションを無効にしてください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'not-offered', word: 'STARTTLS', endpoint })),
  alike: { by: () => 'STARTTLS', in: 'starttls' },
  find: eachResult({
    applies: ({ failure }) => failure?.phase === 'starttls' && failure.code === 'unexpected-reply',
    details: nothing,
    evidence: (results) => [
      ...messages(results),
      ...results.flatMap(({ evidence }) => evidence.smtp?.ehlo ?? []),
    ],
  }),
});
