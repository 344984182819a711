import { aadstsOf, errorOf, isDenied, refused } from '../evidence/token-refusals.ts';
import { defineRule } from '../rule.ts';
import { userFor } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { type Refusal, words } from '../words/told.ts';

export const tokenDenied = defineRule({
  id: 'token.denied',
  items: ['X2'],
  owner: 'entra',
  confidence: 'possible',
  defers: true,
  after: ['token.redirect-platform', 'token.other-tenant-grant', 'token.redeem-here', 'token.refresh-here'],
  words: words<Refusal>({
    en: {
      sentence: (p) =>
        `Entra ID refuses ${p.mailboxes.length > 0 ? `the token of ${en.list(p.mailboxes)}` : 'the request'}${en.said(p)}`,
      cause: (p) =>
        en.because(
          p,
          `The answer names what was wrong with the request, the application or the account.${en.ifLocal(p, en.BY_PLACE)}`,
        ),
      nextStep: (p) =>
        en.remedy(
          p,
          'Look the number up at https://login.microsoftonline.com/error, and the request in the sign-in log by its correlation id.',
        ),
    },
    ja: {
      sentence: (p) =>
        `Entra ID が${p.mailboxes.length > 0 ? ` ${ja.list(p.mailboxes)} のトークン` : '要求'}を拒否しています${ja.said(p)}。`,
      cause: (p) =>
        ja.because(
          p,
          `応答は、要求、アプリケーション、またはアカウントのどこに問題があるかを示しています。${ja.ifLocal(p, ja.BY_PLACE)}`,
        ),
      nextStep: (p) =>
        ja.remedy(
          p,
          'https://login.microsoftonline.com/error で番号を調べ、相関 ID を使ってサインイン ログで要求を確認してください。',
        ),
    },
  }),
  find: refused(isDenied, (result, context) =>
    `${aadstsOf(result) ?? errorOf(result)} ${userFor(result, context)}`.trim(),
  ),
});
