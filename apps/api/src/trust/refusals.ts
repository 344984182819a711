import { refusal } from '../platform/refusal.ts';

// What a caller is refused with about people and their keys.

export const userNameTaken = refusal<{ name: string }>('trust.user-name-taken', {
  en: ({ name }) => `There is a user "${name}" already. Choose another name.`,
  ja: ({ name }) => `「${name}」というユーザーはすでにいます。別の名前を選んでください。`,
});

export const nothingToForget = refusal<{ userName: string }>('trust.nothing-to-forget', {
  en: ({ userName }) => `${userName} has not signed in here, so there is nothing to forget.`,
  ja: ({ userName }) => `${userName} はここでサインインしていないため、削除するものがありません。`,
});

export const tooManyRequests = refusal<{ seconds: number }>('trust.too-many-requests', {
  en: ({ seconds }) =>
    `Too many requests of this key or user. Go on in ${seconds} s; MAILPATH_REQUESTS_PER_MINUTE sets the limit.`,
  ja: ({ seconds }) =>
    `このキーまたはユーザーからの要求が多すぎます。${seconds} 秒後に再開してください。上限は MAILPATH_REQUESTS_PER_MINUTE で設定します。`,
});

export const signInFirst = refusal('trust.sign-in-first', {
  en: () =>
    'Sign in, or send a valid API key in the header Authorization: Bearer mpk_…; npm run api-key -- NAME makes a new one on the machine that runs Mailpath.',
  ja: () =>
    'サインインするか、有効な API キーを Authorization: Bearer mpk_… ヘッダーで送信してください。新しいキーは、Mailpath を動かしているマシンで npm run api-key -- 名前 を実行すると作成されます。',
});

export const lastAdministrator = refusal('trust.last-administrator', {
  en: () =>
    'This is the last administrator of the whole installation who signs in here. Make another user one first.',
  ja: () =>
    'ここでサインインする全体の管理者はこのユーザーだけです。先に別のユーザーを管理者にしてください。',
});

export const keyHasNoPassword = refusal('trust.key-has-no-password', {
  en: () => 'An API key has no password. Sign in as a user to set one.',
  ja: () =>
    'API キーにはパスワードがありません。パスワードを設定するには、ユーザーとしてサインインしてください。',
});

export const noSuchSession = refusal<{ id: string }>('trust.no-such-session', {
  en: ({ id }) => `Session ${id} of yours does not exist.`,
  ja: ({ id }) => `このユーザーのセッション ${id} は存在しません。`,
});

export const lastApiKey = refusal('trust.last-api-key', {
  en: () => 'This is the last active API key. Create another one first, then revoke this one.',
  ja: () => 'これは最後の有効な API キーです。先に別のキーを作成してから、失効させてください。',
});

export const apiKeyRefused = refusal('trust.api-key-refused', {
  en: () => 'This API key is not known, has expired or was revoked.',
  ja: () => 'この API キーは不明か、期限切れか、失効しています。',
});

export const linkRefused = refusal('trust.link-refused', {
  en: () =>
    'This sign-in link was used, has expired or was never made. npm run user -- NAME prints a new one on the machine that runs Mailpath.',
  ja: () =>
    'このサインイン用リンクは、使用済みか、期限切れか、存在しません。Mailpath を動かしているマシンで npm run user -- 名前 を実行すると、新しいリンクが表示されます。',
});

export const passwordRefused = refusal('trust.password-refused', {
  en: () =>
    'Name or password is wrong. An administrator of Mailpath can make a sign-in link that sets a new password.',
  ja: () =>
    '名前またはパスワードが違います。新しいパスワードを設定するためのリンクは、Mailpath の管理者が発行できます。',
});

export const tooManyWrongSignIns = refusal<{ seconds: number }>('trust.too-many-wrong-sign-ins', {
  en: ({ seconds }) => `Too many wrong sign-ins. Try again in ${seconds} s.`,
  ja: ({ seconds }) => `サインインの失敗が多すぎます。${seconds} 秒後にもう一度お試しください。`,
});

export const tooManyRefusedSignIns = refusal<{ seconds: number }>('trust.too-many-refused-sign-ins', {
  en: ({ seconds }) => `Too many sign-ins were refused. Try again in ${seconds} s.`,
  ja: ({ seconds }) => `サインインの拒否が多すぎます。${seconds} 秒後にもう一度お試しください。`,
});

export const noClientCertificate = refusal('trust.no-client-certificate', {
  en: () => 'This site has no client certificate. Set one with PUT /v1/sites/{siteId}/client-certificate.',
  ja: () =>
    'このサイトにはクライアント証明書がありません。PUT /v1/sites/{siteId}/client-certificate で設定してください。',
});

export const noClientSecret = refusal('trust.no-client-secret', {
  en: () => 'This site has no client secret. Set one with PUT /v1/sites/{siteId}/client-secret.',
  ja: () =>
    'このサイトにはクライアント シークレットがありません。設定ページか PUT /v1/sites/{siteId}/client-secret で設定してください。',
});

export const openIdNotSetUp = refusal('trust.open-id-not-set-up', {
  en: () =>
    'Sign-in by OpenID Connect is not set up here. Sign in with name and password; MAILPATH_OPENID_ISSUER and its kin set it up.',
  ja: () =>
    'OpenID Connect によるサインインは設定されていません。名前とパスワードでサインインしてください。設定には MAILPATH_OPENID_ISSUER などを使います。',
});

export const idempotencyKeyReused = refusal('trust.idempotency-key-reused', {
  en: () =>
    'This Idempotency-Key came with another body within the last 24 hours. Use a new key for each new request.',
  ja: () =>
    'この Idempotency-Key は、24 時間以内に別の内容で使われました。要求ごとに新しいキーを使ってください。',
});

export const firstNotAnsweredYet = refusal('trust.first-not-answered-yet', {
  en: () => 'The first request with this Idempotency-Key is being answered now. Send it again in a second.',
  ja: () => 'この Idempotency-Key の最初の要求を処理中です。1 秒後にもう一度送信してください。',
});

export const firstAnswerUnreadable = refusal('trust.first-answer-unreadable', {
  en: () =>
    'The answer to the first request with this Idempotency-Key cannot be read any more: the secret key was changed. Look whether it was created, and use a new key.',
  ja: () =>
    '秘密鍵が変更されたため、この Idempotency-Key の最初の応答を読み取れません。作成されたかどうかを確認し、新しいキーを使ってください。',
});

export const ofTheProvider = refusal<{ name: string }>('trust.of-the-provider', {
  en: ({ name }) =>
    `${name} signs in by OpenID Connect: there is no password and no link, and the provider's groups give the roles at each sign-in. Change them there.`,
  ja: ({ name }) =>
    `${name} は OpenID Connect でサインインするため、パスワードもリンクもありません。ロールはサインインのたびにプロバイダーのグループから決まります。プロバイダー側で変更してください。`,
});

export const clientSecretLocked = refusal('trust.client-secret-locked', {
  en: () =>
    'The client secret of this site cannot be opened: the key of Mailpath (MAILPATH_SECRET_KEY, or the file secret-key) is not the one it was sealed with. Put that key back and start again, or set the client secret again.',
  ja: () =>
    'このサイトのクライアント シークレットを復号できません。Mailpath の鍵（MAILPATH_SECRET_KEY またはファイル secret-key）が、暗号化したときのものと異なります。鍵を元に戻して起動し直すか、クライアント シークレットを設定し直してください。',
});

/** `role` is the one that is there, null for none; `isSite` says whether it is needed at the site or everywhere. */
export const roleNeeded = refusal<{ needed: string; isSite: boolean; name: string; role: string | null }>(
  'trust.role-needed',
  {
    en: ({ needed, isSite, name, role }) =>
      `This needs the role ${needed} ${isSite ? 'at this site' : 'for the whole installation'}; ${name} has ${role === null ? 'no role there' : `the role ${role}`}. Ask an administrator of Mailpath.`,
    ja: ({ needed, isSite, name, role }) =>
      `この操作には、${isSite ? 'このサイトの' : '全体の'}ロール ${needed} が必要です。${name} のロール：${role ?? 'なし'}。Mailpath の管理者に依頼してください。`,
  },
);
