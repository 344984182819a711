import { application, deniedAs, refused } from '../evidence/token-refusals.ts';
import { defineRule } from '../rule.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { byRung, type Refusal, words } from '../words/told.ts';

export const tokenRedirect = defineRule({
  id: 'token.redirect',
  items: ['C3', 'C2'],
  owner: 'entra',
  confidence: (p) => byRung(p, 'certain'),
  ofTenant: true,
  after: ['token.consent'],
  words: words<Refusal>({
    en: {
      sentence: (p) =>
        `Entra ID ${p.answer?.rung === 'family' ? 'refuses something about the redirect URI' : 'does not know the redirect URI'}${en.said(p)}`,
      cause: (p) =>
        en.because(
          p,
          'The redirect URI that is sent is not the registered one: host, path, case or the slash at the end differ.',
        ),
      nextStep: (p) =>
        en.remedy(
          p,
          'Register exactly the URI that ECE sends, under platform "Web"; its host is the external URL’s.',
        ),
    },
    ja: {
      sentence: (p) =>
        p.answer?.rung === 'family'
          ? `Entra ID がリダイレクト URI に関する理由で拒否しています${ja.said(p)}。`
          : `Entra ID にリダイレクト URI が登録されていません${ja.said(p)}。`,
      cause: (p) =>
        ja.because(
          p,
          '送信されたリダイレクト URI が登録済みのものと異なります。ホスト、パス、大文字と小文字、末尾のスラッシュを確認してください。',
        ),
      nextStep: (p) =>
        ja.remedy(
          p,
          'ECE が送信する URI とまったく同じものを、プラットフォーム「Web」に登録してください。ホストは外部 URL と同じです。',
        ),
    },
  }),
  find: refused(deniedAs('token.redirect'), application),
});
