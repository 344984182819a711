import type { CheckResult } from '@mailpath/protocol';
import { defineRule, eachResult, nothing } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const offersNoXoauth2 = ({ failure, evidence }: CheckResult): boolean => {
  if (failure?.phase !== 'greet' || failure.code !== 'unexpected-reply') return false;
  const offered = evidence.imap?.capability ?? evidence.pop3?.capa ?? evidence.smtp?.ehloAfterTls ?? [];
  return offered.length > 0 && !offered.some((line) => /XOAUTH2/i.test(line));
};

export const greetNoXoauth2 = defineRule({
  id: 'greet.no-xoauth2',
  items: ['X6'],
  owner: 'network',
  words: words({
    en: {
      sentence: ({ places, protocols }) =>
        `${en.list(places)} speaks ${en.list(protocols)} but does not offer XOAUTH2.`,
      cause: () =>
        'Exchange Online always offers XOAUTH2 here: another mail server, or a device that rewrites the conversation, answers in its place.',
      nextStep: ({ places }) =>
        `Compare certificate and greeting of ${en.list(places)} with those on a server that works.`,
    },
    ja: {
      sentence: ({ places, protocols }) =>
        `${ja.list(places)} は ${ja.list(protocols)} で応答しますが、XOAUTH2 を提示しません。`,
      cause: () =>
        'Exchange Online はここで必ず XOAUTH2 を提示します。別のメール サーバー、または通信を書き換える機器が代わりに応答しています。',
      nextStep: ({ places }) =>
        `${ja.list(places)} の証明書と応答の最初の行を、正常なサーバーのものと比較してください。`,
    },
  }),
  claims: ({ places }) => places.map((endpoint) => ({ claim: 'not-offered', word: 'XOAUTH2', endpoint })),
  alike: { by: () => 'XOAUTH2', in: 'greet' },
  find: eachResult({ applies: offersNoXoauth2, details: nothing }),
});
