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
  'Session {} of yours does not exist.': 'あなたのセッション {} は存在しません。',
  '{} has not signed in here, so there is nothing to forget.':
    '{} はここでサインインしていないため、削除するものがありません。',
  'An API key has no password. Sign in as a user to set one.':
    'API キーにはパスワードがありません。パスワードを設定するには、ユーザーとしてサインインしてください。',
  'It was changed since you read it. Read it again, look at what is different, and send the change with its new ETag.':
    '表示した後に、ほかの人が変更しました。もう一度読み込み、違いを確認してから、新しい ETag で変更を送信してください。',
  '{}: This server waits for approval, and is lent no secret before: compare the fingerprint and the host of its agent, and confirm them with POST /v1/sites/{siteId}/servers/{serverId}/approval.':
    '{}：このサーバーは承認待ちで、それまでシークレットは貸与されません。サーバーのページで、エージェントのフィンガープリントとホストを比べて承認してください。',
  '{}: The agent of this server is too old: secrets are lent in protocol {} or later, and what a client certificate signs in protocol {} or later. Update the agent.':
    '{}：このサーバーのエージェントは古すぎます。シークレットの貸与にはプロトコル {} 以降、クライアント証明書による署名の貸与にはプロトコル {} 以降が必要です。エージェントを更新してください。',
  'This needs the role {} {}; {} has {}. Ask an administrator of Mailpath.':
    'この操作には、より上位のロールが必要です（必要：{}、範囲：{}、{} の現在：{}）。Mailpath の管理者に依頼してください。',
  'Sign in, or send a valid API key in the header Authorization: Bearer mpk_…; npm run api-key -- NAME makes a new one on the machine that runs Mailpath.':
    'サインインするか、有効な API キーを Authorization: Bearer mpk_… ヘッダーで送信してください。新しいキーは、Mailpath を動かしているマシンで npm run api-key -- 名前 を実行すると作成されます。',
  'This API key is not known, has expired or was revoked.':
    'この API キーは不明か、期限切れか、失効しています。',
  'This sign-in link was used, has expired or was never made. npm run user -- NAME prints a new one on the machine that runs Mailpath.':
    'このサインイン用リンクは、使用済みか、期限切れか、存在しません。Mailpath を動かしているマシンで npm run user -- 名前 を実行すると、新しいリンクが表示されます。',
  'Name or password is wrong. An administrator of Mailpath can make a sign-in link that sets a new password.':
    '名前またはパスワードが違います。新しいパスワードを設定するためのリンクは、Mailpath の管理者が発行できます。',
  'This is the last active API key. Create another one first, then revoke this one.':
    'これは最後の有効な API キーです。先に別のキーを作成してから、失効させてください。',
  'This is the last administrator of the whole installation. Make another user one first.':
    '全体の管理者はこのユーザーだけです。先に別のユーザーを管理者にしてください。',
  'This site has no client certificate. Set one with PUT /v1/sites/{siteId}/client-certificate.':
    'このサイトにはクライアント証明書がありません。PUT /v1/sites/{siteId}/client-certificate で設定してください。',
  'This site has no client secret. Set one with PUT /v1/sites/{siteId}/client-secret.':
    'このサイトにはクライアントシークレットがありません。設定ページで設定してください。',
  'The client secret of this site cannot be opened: the key of Mailpath (MAILPATH_SECRET_KEY, or the file secret-key) is not the one it was sealed with. Put that key back and start again, or set the client secret anew.':
    'このサイトのクライアントシークレットを復号できません。Mailpath の鍵（MAILPATH_SECRET_KEY またはファイル secret-key）が、暗号化したときのものと異なります。鍵を元に戻して起動し直すか、クライアントシークレットを設定し直してください。',
  'Too many requests from this address. Go on in {} s; MAILPATH_REQUESTS_PER_MINUTE sets the limit.':
    'このアドレスからの要求が多すぎます。{} 秒後に再開してください。上限は MAILPATH_REQUESTS_PER_MINUTE で設定します。',
  'Sign-in by OpenID Connect is not set up here. Sign in with name and password; MAILPATH_OPENID_ISSUER and its kin set it up.':
    'OpenID Connect によるサインインは設定されていません。名前とパスワードでサインインしてください。設定には MAILPATH_OPENID_ISSUER などを使います。',
  'Too many sign-ins were refused. Try again in {} s.':
    'サインインの拒否が多すぎます。{} 秒後にもう一度お試しください。',
  'Too many requests of this key or user. Go on in {} s; MAILPATH_REQUESTS_PER_MINUTE sets the limit.':
    'このキーまたはユーザーからの要求が多すぎます。{} 秒後に再開してください。上限は MAILPATH_REQUESTS_PER_MINUTE で設定します。',
  'Too many bodies from this address have begun and not ended. Go on in {} s.':
    'このアドレスから、送信の終わっていない要求が多すぎます。{} 秒後に再開してください。',
  'The disk of the database is full: nothing can be stored until there is room on it.':
    'データベースのディスクがいっぱいです。空きができるまで何も保存できません。',
  'This is the last administrator of the whole installation who signs in here. Make another user one first.':
    'ここでサインインする全体の管理者はこのユーザーだけです。先に別のユーザーを管理者にしてください。',
  "{} signs in by OpenID Connect: there is no password and no link, and the provider's groups give the roles, anew at each sign-in. Change them there.":
    '{} は OpenID Connect でサインインするため、パスワードもリンクもありません。ロールはサインインのたびにプロバイダーのグループから決まります。プロバイダー側で変更してください。',
  'Too many wrong sign-ins. Try again in {} s.':
    'サインインの失敗が多すぎます。{} 秒後にもう一度お試しください。',
  'This Idempotency-Key came with another body within the last 24 hours. Use a new key for each new request.':
    'この Idempotency-Key は、24 時間以内に別の内容で使われました。要求ごとに新しいキーを使ってください。',
  'The first request with this Idempotency-Key is being answered now. Send it again in a second.':
    'この Idempotency-Key の最初の要求を処理中です。1 秒後にもう一度送信してください。',
  'The answer to the first request with this Idempotency-Key cannot be read any more: the secret key was changed. Look whether it was created, and use a new key.':
    '秘密鍵が変更されたため、この Idempotency-Key の最初の応答を読み取れません。作成されたかどうかを確認し、新しいキーを使ってください。',
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
  'The body is not as long as Content-Length says.': '本文の長さが Content-Length と一致しません。',
  'The path of the request cannot be decoded.': '要求のパスを復号できません。',
  'A part of the path is too long for any id.': 'パスの一部が長すぎます。',
};
