import type { Bilingual } from '@mailpath/protocol';
import { refusal, type Refusal } from '../platform/refusal.ts';

// What is wrong with a field, and what to write.

export const momentOrBaseline = refusal('conclusions.moment-or-baseline', {
  en: () => 'write a moment or a baseline, not both',
  ja: () => '日時とベースラインは、どちらか一方だけを指定してください',
});

export const sinceOrBaseline = refusal('conclusions.since-or-baseline', {
  en: () => 'write either since or baseline: the moment or the baseline to compare with',
  ja: () => 'since または baseline のどちらか一方に、比較する日時またはベースラインを指定してください',
});

export const untilBeforeSince = refusal('conclusions.until-before-since', {
  en: () => 'write a moment after `since`, or leave it out for now',
  ja: () => 'since より後の日時を指定してください。現在の場合は指定不要です',
});

export const inTheFuture = refusal('conclusions.in-the-future', {
  en: () => 'write a moment that has passed, or leave it out for now',
  ja: () => '過去の日時を指定してください。現在の場合は指定不要です',
});

export const testInTheFuture = refusal('conclusions.test-in-the-future', {
  en: () => 'this is in the future: write when you ran the test, in UTC',
  ja: () => '未来の日時です。テストを実行した日時を UTC で入力してください',
});

export const noResultsThen = refusal('conclusions.no-results-then', {
  en: () => 'Mailpath keeps no results of this moment or of just before it: write another moment',
  ja: () => 'この日時と、その直前の結果は残っていません。別の日時を指定してください',
});

export const baselineNameEmpty = refusal('conclusions.baseline-name-empty', {
  en: () => 'write a name of 1 to 100 characters',
  ja: () => '名前を 1 から 100 文字で入力してください',
});

export const authorizeUrlForm = refusal<{ most: number }>('conclusions.authorize-url-form', {
  en: ({ most }) => `paste the address of Microsoft's sign-in page, at most ${most} characters`,
  ja: ({ most }) => `Microsoft のサインイン ページのアドレスを貼り付けてください（${most} 文字以内）`,
});

export const notAnAuthorizeUrl = refusal<{ said: Bilingual }>('conclusions.not-an-authorize-url', {
  en: ({ said }) => said.en,
  ja: ({ said }) => said.ja,
});

export const notForThisSite = refusal<{ field: string; why: Refusal }>('conclusions.not-for-this-site', {
  en: ({ field, why }) => `Mailpath cannot use the ${field} of this address: ${why.words.en}`,
  ja: ({ field, why }) => `このアドレスの ${field} を取り込めません：${why.words.ja}`,
});

export const reportFormat = refusal('conclusions.report-format', {
  en: () => 'write html or json',
  ja: () => 'html または json を指定してください',
});
