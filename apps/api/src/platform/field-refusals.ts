import { refusal } from './refusal.ts';

// What is wrong with a field, and what to write. First what any schema may refuse, by the parameters of zod's issue.

export const fieldMissing = refusal('platform.field-missing', {
  en: () => 'this field is missing',
  ja: () => 'この項目は必須です',
});

export const fieldUnknown = refusal('platform.field-unknown', {
  en: () => 'this field is not known here; check its spelling or leave it out',
  ja: () => 'この項目はここでは使えません。つづりを確認するか、取り除いてください',
});

export const nameUnknown = refusal('platform.name-unknown', {
  en: () => 'this name is not known here; check its spelling',
  ja: () => 'この名前はここでは使えません。つづりを確認してください',
});

export const oneOf = refusal<{ values: string }>('platform.one-of', {
  en: ({ values }) => `write one of: ${values}`,
  ja: ({ values }) => `次のいずれかを指定してください：${values}`,
});

export const severalOf = refusal<{ values: string }>('platform.several-of', {
  en: ({ values }) => `write one or more of: ${values}`,
  ja: ({ values }) => `次から 1 つ以上を指定してください：${values}`,
});

export const notAnObject = refusal('platform.not-an-object', {
  en: () => 'this must be a JSON object',
  ja: () => 'JSON オブジェクトを指定してください',
});

export const trueOrFalse = refusal('platform.true-or-false', {
  en: () => 'write true or false',
  ja: () => 'true または false を指定してください',
});

export const ofType = refusal<{ expected: string }>('platform.of-type', {
  en: ({ expected }) => `this must be of type ${expected}`,
  ja: ({ expected }) => `型 ${expected} の値を指定してください`,
});

export const textEmpty = refusal('platform.text-empty', {
  en: () => 'write at least one character, or leave the field out',
  ja: () => '1 文字以上入力するか、項目を省略してください',
});

export const textTooShort = refusal<{ least: string }>('platform.text-too-short', {
  en: ({ least }) => `write at least ${least} characters`,
  ja: ({ least }) => `${least} 文字以上で入力してください`,
});

export const textTooLong = refusal<{ most: string }>('platform.text-too-long', {
  en: ({ most }) => `write at most ${most} characters`,
  ja: ({ most }) => `${most} 文字以内で入力してください`,
});

export const tooFewEntries = refusal<{ least: string }>('platform.too-few-entries', {
  en: ({ least }) => `this list has at least ${least} ${least === '1' ? 'entry' : 'entries'}`,
  ja: ({ least }) => `${least} 件以上を指定してください`,
});

export const tooManyEntries = refusal<{ most: string }>('platform.too-many-entries', {
  en: ({ most }) => `this list has at most ${most} ${most === '1' ? 'entry' : 'entries'}`,
  ja: ({ most }) => `${most} 件以内で指定してください`,
});

export const numberTooSmall = refusal<{ least: string }>('platform.number-too-small', {
  en: ({ least }) => `write a number of at least ${least}`,
  ja: ({ least }) => `${least} 以上の数値を指定してください`,
});

export const numberTooLarge = refusal<{ most: string }>('platform.number-too-large', {
  en: ({ most }) => `write a number of at most ${most}`,
  ja: ({ most }) => `${most} 以下の数値を指定してください`,
});

export const multipleOf = refusal<{ divisor: string }>('platform.multiple-of', {
  en: ({ divisor }) => `write a multiple of ${divisor}`,
  ja: ({ divisor }) => `${divisor} の倍数を指定してください`,
});

export const notAUuid = refusal('platform.not-a-uuid', {
  en: () => 'an id is a UUID, such as 0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b',
  ja: () => 'ID は UUID です（例：0190a1b2-c3d4-7e5f-8a6b-7c8d9e0f1a2b）',
});

export const notAMoment = refusal('platform.not-a-moment', {
  en: () => 'write a moment with its offset, such as 2026-11-24T03:00:00Z or 2026-11-24T12:00:00+09:00',
  ja: () => '時差を含む日時を指定してください（例：2026-11-24T03:00:00Z、2026-11-24T12:00:00+09:00）',
});

export const notADay = refusal('platform.not-a-day', {
  en: () => 'write a day, such as 2027-05-31',
  ja: () => '日付を指定してください（例：2027-05-31）',
});

export const notAUrl = refusal('platform.not-a-url', {
  en: () => 'write a whole address, such as https://ece.example.com',
  ja: () => 'アドレス全体を指定してください（例：https://ece.example.com）',
});

export const anotherForm = refusal('platform.another-form', {
  en: () => 'this value does not have the form that the API document describes at /docs',
  ja: () => 'この値は、/docs の API ドキュメントにある形式と異なります',
});

// What the schemas of every group share.

export const limitRange = refusal('platform.limit-range', {
  en: () => 'limit is a whole number from 1 to 500',
  ja: () => 'limit は 1 から 500 までの整数です',
});

export const cursorNotOurs = refusal('platform.cursor-not-ours', {
  en: () => 'give back nextCursor of the previous answer without changing it',
  ja: () => '前の応答の nextCursor を変更せずに指定してください',
});

export const tooManyValues = refusal<{ most: number }>('platform.too-many-values', {
  en: ({ most }) => `write at most ${most} values with commas between`,
  ja: ({ most }) => `コンマ区切りで ${most} 個以内にしてください`,
});

export const notPlainText = refusal('platform.not-plain-text', {
  en: () => 'write text without control characters or broken Unicode',
  ja: () => '制御文字や壊れた Unicode を含まない文字列を入力してください',
});

export const hiddenText = refusal('platform.hidden-text', {
  en: () =>
    'write what can be seen, without invisible characters or marks of direction; type it where it was pasted',
  ja: () =>
    '見えない文字や書字方向の制御文字を含まない文字列を入力してください。貼り付けた場合は、手で入力し直してください',
});

export const noVersions = refusal('platform.no-versions', {
  en: () => 'there are no versions of what this changes: leave it out, or write *',
  ja: () => 'この操作の対象にはバージョンがありません。指定しないか、* を指定してください',
});

export const wholeNumber = refusal<{ most: number }>('platform.whole-number', {
  en: ({ most }) => `write a whole number from 1 to ${most}`,
  ja: ({ most }) => `1 から ${most} までの整数を入力してください`,
});

/** What JSON lacks where it goes wrong. */
export type JsonLack =
  'value' | 'value-or-end' | 'name' | 'name-or-end' | 'colon' | 'comma-or-end' | 'nothing';
const LACKS = {
  value: { en: 'a value', ja: '値' },
  'value-or-end': { en: 'a value or ]', ja: '値または ]' },
  name: { en: 'a name in double quotes', ja: '二重引用符で囲んだ名前' },
  'name-or-end': { en: 'a name in double quotes or }', ja: '二重引用符で囲んだ名前または }' },
  colon: { en: 'a colon', ja: 'コロン' },
  'comma-or-end': { en: 'a comma or the closing bracket', ja: 'コンマまたは閉じ括弧' },
  nothing: { en: 'the end of the text', ja: '本文の終わり' },
} as const;

export const notJson = refusal<{ line: number; column: number; lack: JsonLack }>('platform.not-json', {
  en: ({ line, column, lack }) =>
    `not valid JSON at line ${line}, column ${column}: write ${LACKS[lack].en} there`,
  ja: ({ line, column, lack }) =>
    `${line} 行 ${column} 文字目の JSON が正しくありません。${LACKS[lack].ja}が必要です`,
});

export const notUtf8 = refusal('platform.not-utf8', {
  en: () =>
    "the body is not in UTF-8: send UTF-8; in PowerShell 5.1 add -ContentType 'application/json; charset=utf-8'",
  ja: () =>
    "UTF-8 ではありません。UTF-8 で送信してください。PowerShell 5.1 では -ContentType 'application/json; charset=utf-8' を付けます",
});

export const namesToLeaveOut = refusal('platform.names-to-leave-out', {
  en: () => 'leave out the names __proto__ and constructor.prototype, which Mailpath does not accept',
  ja: () => '使えない名前 __proto__ と constructor.prototype を取り除いてください',
});

export const standsTwice = refusal<{ line: number; column: number }>('platform.stands-twice', {
  en: ({ line, column }) =>
    `this field is in its object twice, again at line ${line}, column ${column}: leave one out`,
  ja: ({ line, column }) =>
    `この項目は同じオブジェクトに 2 回あります（2 回目は ${line} 行 ${column} 文字目）。どちらかを取り除いてください`,
});
