import { refusal } from '../platform/refusal.ts';

// What is wrong with a field, and what to write.

export const retentionDays = refusal('history.retention-days', {
  en: () => 'write a number of days from 1 to 3650, or null for the value that Mailpath was started with',
  ja: () => '日数を 1 から 3650 で入力してください。起動時の設定に戻す場合は空（null）にしてください',
});

export const serverNameEmpty = refusal('history.server-name-empty', {
  en: () => 'write the name of a server',
  ja: () => 'サーバーの名前を入力してください',
});

export const serverNameLong = refusal('history.server-name-long', {
  en: () => 'a server has a name of at most 100 characters',
  ja: () => 'サーバーの名前は 100 文字以内にしてください',
});

export const fromAfterTo = refusal('history.from-after-to', {
  en: () => 'write a moment before `to`, which is now if it is left out',
  ja: () => 'to（省略時は現在）より前の日時を指定してください',
});

export const spanTooLong = refusal('history.span-too-long', {
  en: () => 'write a moment at most ten years before `to`',
  ja: () => 'to から 10 年以内の日時を指定してください',
});
