import { refusal, type Refusal } from './refusal.ts';

// What any caller may be refused with, whatever it asks for.

/** Fields are told one by one; this is the whole: the first of them, and how many more there are. */
export const wrongFields = refusal<{ field: string; first: Refusal; more: number }>('platform.wrong-fields', {
  en: ({ field, first, more }) => `${field}: ${first.words.en}${more > 0 ? ` (and ${more} more)` : ''}`,
  ja: ({ field, first, more }) => `${field}：${first.words.ja}${more > 0 ? `（ほか ${more} 件）` : ''}`,
});

export const changedSinceRead = refusal('platform.changed-since-read', {
  en: () =>
    'Somebody else has changed this since you read it. Read it again, look at what is different, and send the change with the new ETag.',
  ja: () =>
    '表示した後に、ほかの人が変更しました。もう一度読み込み、違いを確認してから、新しい ETag で変更を送信してください。',
});

export const tooManyOfAddress = refusal<{ seconds: number }>('platform.too-many-of-address', {
  en: ({ seconds }) =>
    `Too many requests from this address. Go on in ${seconds} s; MAILPATH_REQUESTS_PER_MINUTE sets the limit.`,
  ja: ({ seconds }) =>
    `このアドレスからの要求が多すぎます。${seconds} 秒後に再開してください。上限は MAILPATH_REQUESTS_PER_MINUTE で設定します。`,
});

export const tooManyOpenBodies = refusal<{ seconds: number }>('platform.too-many-open-bodies', {
  en: ({ seconds }) =>
    `Too many requests from this address have begun to send a body and have not finished. Go on in ${seconds} s.`,
  ja: ({ seconds }) =>
    `このアドレスから、送信の終わっていない要求が多すぎます。${seconds} 秒後に再開してください。`,
});

export const notThisName = refusal('platform.not-this-name', {
  en: () =>
    'Browsers cannot open Mailpath by this name: open the address in MAILPATH_PUBLIC_URL. Behind a proxy that changes Host, name the proxy in MAILPATH_TRUSTED_PROXIES.',
  ja: () =>
    'この名前では、ブラウザーから Mailpath に接続できません。MAILPATH_PUBLIC_URL のアドレスを開いてください。Host を変えるプロキシの背後では、MAILPATH_TRUSTED_PROXIES にプロキシを指定してください。',
});

export const diskFull = refusal('platform.disk-full', {
  en: () => 'The disk of the database is full: Mailpath can store nothing until there is room on it.',
  ja: () => 'データベースのディスクがいっぱいです。空きができるまで何も保存できません。',
});

export const databaseSilent = refusal('platform.database-silent', {
  en: () => 'The database does not answer now. Try again in a few seconds.',
  ja: () => 'データベースが応答していません。数秒後にもう一度お試しください。',
});

export const ownFault = refusal('platform.own-fault', {
  en: () => 'Something went wrong in Mailpath itself. Its log holds the reason under this request id.',
  ja: () => 'Mailpath の内部で問題が発生しました。理由は、この要求 ID でログに記録されています。',
});

export const unreadable = refusal('platform.unreadable', {
  en: () => 'Mailpath cannot read this request. The API document at /docs describes what it accepts.',
  ja: () => '要求を読み取れません。受け付ける形式は /docs の API ドキュメントにあります。',
});

export const nothingHere = refusal('platform.nothing-here', {
  en: () => 'There is nothing at this path. /docs lists every path.',
  ja: () => 'このパスには何もありません。一覧は /docs にあります。',
});

export const noSuchMethod = refusal<{ method: string; allowed: string }>('platform.no-such-method', {
  en: ({ method, allowed }) => `This path does not accept ${method}. It accepts: ${allowed}.`,
  ja: ({ method, allowed }) => `このパスで ${method} は使えません。使えるもの：${allowed}。`,
});

export const bodyTooLarge = refusal('platform.body-too-large', {
  en: () => 'The body is larger than 1 MiB. Send less at once.',
  ja: () => '本文が 1 MiB を超えています。一度に送る量を減らしてください。',
});

export const notJsonType = refusal('platform.not-json-type', {
  en: () => 'Send JSON, with the header Content-Type: application/json.',
  ja: () => 'ヘッダー Content-Type: application/json を付けて JSON を送信してください。',
});

export const forbiddenName = refusal('platform.forbidden-name', {
  en: () => 'The body contains a name that Mailpath does not accept, such as __proto__. Leave it out.',
  ja: () => '本文に、使えない名前（__proto__ など）があります。取り除いてください。',
});

export const otherLength = refusal('platform.other-length', {
  en: () => 'The length of the body differs from Content-Length.',
  ja: () => '本文の長さが Content-Length と一致しません。',
});

export const badPath = refusal('platform.bad-path', {
  en: () => 'Mailpath cannot decode the path of this request. Correct what stands after each %.',
  ja: () => '要求のパスをデコードできません。% の後の文字を確認してください。',
});

export const pathTooLong = refusal('platform.path-too-long', {
  en: () => 'A part of the path is longer than any id.',
  ja: () => 'パスの一部が ID として長すぎます。',
});

export const otherCharset = refusal('platform.other-charset', {
  en: () =>
    "The header Content-Type names a character set other than UTF-8. Send UTF-8; in PowerShell 5.1 add -ContentType 'application/json; charset=utf-8'.",
  ja: () =>
    "本文の文字コードが UTF-8 以外と指定されています。UTF-8 で送信してください。PowerShell 5.1 では -ContentType 'application/json; charset=utf-8' を付けます。",
});

export const otherEncoding = refusal('platform.other-encoding', {
  en: () =>
    'Mailpath does not read this Content-Encoding. Send the body as it is, or compressed with gzip or br.',
  ja: () =>
    'この Content-Encoding には対応していません。そのまま、または gzip か br で圧縮して送信してください。',
});

export const notUnpacked = refusal('platform.not-unpacked', {
  en: () => 'Mailpath cannot decompress the body as Content-Encoding says.',
  ja: () => '本文を Content-Encoding のとおりに展開できません。',
});
