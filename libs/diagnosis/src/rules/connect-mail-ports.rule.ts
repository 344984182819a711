import { clue, portsOf, unreached } from '../evidence/connects.ts';
import { isWeb } from '../observe.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type How, words } from '../words/told.ts';

export const connectMailPorts = defineRule({
  id: 'connect.mail-ports',
  items: ['C10'],
  owner: 'network',
  words: words<{ how: How }>({
    en: {
      sentence: ({ places, how }) => `Only port 443 is open; TCP to ${en.list(places)} ${en.HOW[how]}.`,
      cause: (p) =>
        `The firewall lets web traffic out and none of the mail ports: the rule for the mail servers of Microsoft 365 is missing.${en.ifAll(p, en.PERIMETER)}${en.ifLocal(p, en.OWN_RULE)}`,
      nextStep: (p) =>
        `Allow outgoing TCP from ${en.here(p)} to ${en.list(p.places)}; web access is not enough for mail.`,
    },
    ja: {
      sentence: ({ places, how }) =>
        `ポート 443 だけが開いています。${ja.list(places)} への TCP 接続は${ja.HOW[how]}。`,
      cause: (p) =>
        `ファイアウォールは Web 通信だけを許可し、メール用のポートを許可していません。Microsoft 365 のメール サーバー向けのルールがありません。${ja.ifAll(p, ja.PERIMETER)}${ja.ifLocal(p, ja.OWN_RULE)}`,
      nextStep: (p) =>
        `${ja.here(p)}から ${ja.list(p.places)} への外向き TCP を許可してください。Web アクセスだけではメールは使えません。`,
    },
  }),
  claims: () => [{ claim: 'mail-closed' }],
  find: (context) =>
    unreached(context)
      .filter(
        ({ kind, of, results, otherwise }) =>
          kind === 'service' &&
          of === 'microsoft' &&
          otherwise &&
          portsOf(results).length > 1 &&
          !results.some(isWeb),
      )
      .map(({ results, how }) => ({ ...clue('mail ports', results), details: { how } })),
});
