import { application, deniedAs, refused } from '../evidence/token-refusals.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { byRung, type Refusal, words } from '../words/told.ts';

export const tokenConsent = defineRule({
  id: 'token.consent',
  items: ['X2'],
  owner: 'entra',
  confidence: (p) => byRung(p, 'certain'),
  ofTenant: true,
  after: ['token.secret'],
  words: words<Refusal>({
    en: {
      sentence: (p) => `Entra ID misses a consent or permission of the application${en.said(p)}`,
      cause: (p) =>
        en.because(p, 'Nobody consented to the mail permissions, or the application does not ask for them.'),
      nextStep: (p) =>
        en.remedy(
          p,
          'Add IMAP or POP .AccessAsUser.All and SMTP.Send to the Entra application, and let an administrator grant consent.',
        ),
    },
    ja: {
      sentence: (p) => `アプリケーションの同意またはアクセス許可が不足しています${ja.said(p)}。`,
      cause: (p) => ja.because(p, 'メールのアクセス許可に同意がないか、アプリケーションが要求していません。'),
      nextStep: (p) =>
        ja.remedy(
          p,
          'Entra アプリケーションに IMAP または POP の .AccessAsUser.All と SMTP.Send を追加し、管理者の同意を得てください。',
        ),
    },
  }),
  find: refused(deniedAs('token.consent', 'consent_required', 'invalid_scope'), application),
});
