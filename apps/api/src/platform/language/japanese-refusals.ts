import type { ErrorCode } from '../errors.ts';

/** What a status is called. */
export const TITLES: Record<ErrorCode, string> = {
  validation: '入力に誤りがあります',
  unauthorized: 'サインインが必要です',
  forbidden: '許可されていません',
  'enrolment-refused': '登録を受け付けられません',
  'not-found': '見つかりません',
  'method-not-allowed': 'この操作はできません',
  conflict: '現在の状態と矛盾します',
  'precondition-failed': 'ほかの人が先に変更しました',
  'payload-too-large': '送信内容が大きすぎます',
  'unsupported-media-type': '形式が JSON ではありません',
  'idempotency-key-reused': 'Idempotency-Key は使用済みです',
  'too-many-requests': '要求が多すぎます',
  internal: 'Mailpath の内部エラー',
  unavailable: '現在利用できません',
};

/** Each English sentence with the Japanese one; `{}` stands for what is told of this one, in the same order in both. */
export const REFUSALS: Record<string, string> = {
  'It was changed since you read it. Read it again, look at what is different, and send the change with its new ETag.':
    '表示した後に、ほかの人が変更しました。もう一度読み込み、違いを確認してから、新しい ETag で変更を送信してください。',
  'Too many requests from this address. Go on in {} s; MAILPATH_REQUESTS_PER_MINUTE sets the limit.':
    'このアドレスからの要求が多すぎます。{} 秒後に再開してください。上限は MAILPATH_REQUESTS_PER_MINUTE で設定します。',
  'Too many bodies from this address have begun and not ended. Go on in {} s.':
    'このアドレスから、送信の終わっていない要求が多すぎます。{} 秒後に再開してください。',
  'The disk of the database is full: nothing can be stored until there is room on it.':
    'データベースのディスクがいっぱいです。空きができるまで何も保存できません。',
  'Mailpath is not reached by this name in a browser: open the address in MAILPATH_PUBLIC_URL. Behind a proxy that changes Host, name the proxy in MAILPATH_TRUSTED_PROXIES.':
    'この名前では、ブラウザーから Mailpath に接続できません。MAILPATH_PUBLIC_URL のアドレスを開いてください。Host を変えるプロキシの背後では、MAILPATH_TRUSTED_PROXIES にプロキシを指定してください。',
  'The database does not answer now. Try again in a few seconds.':
    'データベースが応答していません。数秒後にもう一度お試しください。',
  'Something went wrong in Mailpath itself. Its log holds the reason under this request id.':
    'Mailpath の内部で問題が発生しました。理由は、この要求 ID でログに記録されています。',
  'The request cannot be read.': '要求を読み取れません。',
  'There is nothing at this path. /docs lists what there is.':
    'このパスには何もありません。一覧は /docs にあります。',
  '{} is nothing that can be done at this path. These can: {}.':
    'このパスで {} は使えません。使えるもの：{}。',
  'The dashboard has not been built. Run npm run build, then start Mailpath again.':
    'ダッシュボードがビルドされていません。npm run build を実行し、Mailpath を起動し直してください。',
  'The body is larger than 1 MiB. Send less at once.':
    '本文が 1 MiB を超えています。一度に送る量を減らしてください。',
  'Send JSON, with the header Content-Type: application/json.':
    'ヘッダー Content-Type: application/json を付けて JSON を送信してください。',
  'The body holds a name that JSON from outside may not hold, such as __proto__. Leave it out.':
    '本文に、外部からの JSON では使えない名前（__proto__ など）があります。取り除いてください。',
  "The body is said to be in another character set than UTF-8. Send UTF-8; PowerShell 5.1 does with -ContentType 'application/json; charset=utf-8'.":
    "本文の文字コードが UTF-8 以外と指定されています。UTF-8 で送信してください。PowerShell 5.1 では -ContentType 'application/json; charset=utf-8' を付けます。",
  "The body is not in UTF-8. Send UTF-8; PowerShell 5.1 does with -ContentType 'application/json; charset=utf-8'.":
    "本文が UTF-8 ではありません。UTF-8 で送信してください。PowerShell 5.1 では -ContentType 'application/json; charset=utf-8' を付けます。",
  'A field stands twice in one object of the body, again at {}.':
    '本文の同じオブジェクトに、同じ項目が 2 回あります。2 回目は {} です。',
  'Content-Encoding names what is not read here. Send the body as it is, or packed by gzip or br.':
    'Content-Encoding の形式には対応していません。そのまま、または gzip か br で圧縮して送信してください。',
  'The body cannot be unpacked as Content-Encoding says.':
    '本文を Content-Encoding のとおりに展開できません。',
  'The body is not as long as Content-Length says.': '本文の長さが Content-Length と一致しません。',
  'The path of the request cannot be decoded.': '要求のパスを復号できません。',
  'A part of the path is too long for any id.': 'パスの一部が長すぎます。',
};
