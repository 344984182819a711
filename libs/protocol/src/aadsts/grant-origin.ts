import type { Bilingual } from '../bilingual.ts';
import type { AadstsRow } from './aadsts-row.ts';

/** What to do about a grant that is used where it was not made. */
export const oneTenantInBoth: Bilingual = {
  en: 'Put the same tenant ID into the authorization URL and the token URL of ECE, then create the token again.',
  ja: 'ECE の認可 URL とトークン URL に同じテナント ID を指定してから、トークンを作成し直してください。',
};

/**
 * A grant, or a tenant, that is not where the request looks for it (X3). Texts quoted in public issues of OAuth
 * clients.
 */
export const GRANT_ORIGIN_ROWS = [
  {
    codes: [7000012],
    cause: 'token.other-tenant-grant',
    items: ['X3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The code or refresh token was obtained in another tenant than the one that the token URL names.',
      ja: '認可コードまたは更新トークンが、トークン URL のテナントとは別のテナントで取得されたものです。',
    },
    action: oneTenantInBoth,
  },
  {
    codes: [5000224],
    cause: 'token.registration',
    items: ['X3', 'C7'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'Entra ID does not serve this tenant or resource: it was deleted, blocked, or never set up there.',
      ja: 'このテナントまたはリソースは Entra ID で利用できません。削除またはブロックされているか、設定されていません。',
    },
    action: {
      en: 'Check the tenant ID in the URLs of ECE, then let the Entra administrator see whether the tenant and its subscription are active.',
      ja: 'ECE の URL のテナント ID を確認し、テナントとサブスクリプションが有効であることを Entra の管理者に確認してもらってください。',
    },
  },
  {
    codes: [500201],
    cause: 'token.account',
    items: ['C5', 'X3'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'Somebody signed in with a personal Microsoft account, which the v1 endpoint gives no token.',
      ja: '個人用 Microsoft アカウントでサインインしています。v1 エンドポイントは個人用アカウントにトークンを発行しません。',
    },
    action: {
      en: 'Sign in with the work account of the mailbox, in a private window; a personal account has no mailbox in Exchange Online.',
      ja: 'プライベート ウィンドウで、メールボックスの職場アカウントを使ってサインインしてください。個人用アカウントには Exchange Online のメールボックスがありません。',
    },
  },
  {
    codes: [500341],
    cause: 'token.account',
    items: ['C5', 'X5'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The account that the token was made for has been deleted from the directory.',
      ja: 'トークンを作成したアカウントが、ディレクトリから削除されています。',
    },
    action: {
      en: 'Restore the account in Entra ID (within 30 days of its deletion), or create the token again with an account that may open the mailbox.',
      ja: 'Entra ID でアカウントを復元する (削除から 30 日以内) か、メールボックスを開けるアカウントでトークンを作成し直してください。',
    },
  },
  {
    codes: [700081],
    cause: 'token.revoked',
    items: ['C4', 'C3'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'The refresh token reached the longest life that this application may have; 24 hours are those of a single-page application.',
      ja: '更新トークンが、このアプリケーションに許可された最長の有効期間に達しました。24 時間はシングルページ アプリケーションの有効期間です。',
    },
    action: {
      en: 'See under which platform the redirect URI is registered: only Web gives tokens that last. Then create the token again in ECE.',
      ja: 'リダイレクト URI がどのプラットフォームに登録されているか確認してください。長く有効なトークンが発行されるのは Web だけです。そのうえで、ECE でトークンを作成し直してください。',
    },
  },
  {
    codes: [530084],
    cause: 'token.policy',
    items: ['X4'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'A Conditional Access policy demands token protection: tokens bound to a device, which the refresh token of a server cannot be.',
      ja: '条件付きアクセス ポリシーがトークン保護 (デバイスにバインドされたトークン) を要求しています。サーバーの更新トークンはこれを満たせません。',
    },
    action: {
      en: 'Exclude the mailbox account or the application from that policy; the sign-in log, tab Conditional Access, names it. A new token or a new password does not help.',
      ja: 'メールボックスのアカウントまたはアプリケーションを、そのポリシーから除外してください。ポリシーはサインイン ログの「条件付きアクセス」タブで確認できます。トークンやパスワードを作り直しても解消しません。',
    },
  },
] as const satisfies readonly AadstsRow[];
