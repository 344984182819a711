import type { Bilingual } from '../bilingual.ts';
import { readSignInLog } from './actions.ts';
import type { AadstsRow } from './aadsts-row.ts';

/** What to do about a number of which only the subject is known: find out what it is. */
export const lookUpNumber: Bilingual = {
  en: 'Look the number up at https://login.microsoftonline.com/error, and find the request in the Entra sign-in log by its correlation ID.',
  ja: 'https://login.microsoftonline.com/error で番号を検索し、相関 ID を使って Entra のサインイン ログで要求を確認してください。',
};

const about = (
  cause: AadstsRow['cause'],
  items: readonly string[],
  owner: AadstsRow['owner'],
  meaning: Bilingual,
  action: Bilingual = lookUpNumber,
): Omit<AadstsRow, 'codes'> => ({ cause, items, owner, retry: 'no', meaning, action });

/** By subject: what can be said of every number of it, and no more. */
export const FAMILY_ROWS = {
  session: about('token.denied', ['C5'], 'ece-administrator', {
    en: 'The number is one of those about which account and which session the browser signs in with.',
    ja: 'ブラウザーがどのアカウントとセッションでサインインするかに関する番号です。',
  }),
  scope: about('token.consent', ['X2'], 'entra', {
    en: 'The answer is about the scopes or the permissions that were asked for.',
    ja: '要求されたスコープまたはアクセス許可に関する応答です。',
  }),
  policy: about(
    'token.policy',
    ['X4'],
    'entra',
    {
      en: 'A policy of the tenant, such as Conditional Access, refuses the sign-in; Mailpath does not know which one the number stands for.',
      ja: '条件付きアクセスなどのテナントのポリシーがサインインを拒否しています。番号がどのポリシーを示すかは Mailpath に登録されていません。',
    },
    readSignInLog,
  ),
  consent: about('token.consent', ['X2'], 'entra', {
    en: 'The number is one of those about consent and permissions of the application.',
    ja: 'アプリケーションの同意とアクセス許可に関する番号です。',
  }),
  credential: about('token.secret', ['X1'], 'entra', {
    en: 'The answer is about the credential of the application: its client secret or certificate.',
    ja: 'アプリケーションの資格情報 (クライアント シークレットまたは証明書) に関する応答です。',
  }),
  redirect: about('token.redirect', ['C3'], 'entra', {
    en: 'The answer is about the redirect URI, or about the platform under which it is registered.',
    ja: 'リダイレクト URI、またはそれが登録されているプラットフォームに関する応答です。',
  }),
  'other-tenant': about('token.other-tenant-grant', ['X3'], 'ece-administrator', {
    en: 'The answer is about two tenants that do not belong together.',
    ja: '一致しない 2 つのテナントに関する応答です。',
  }),
  cloud: about('token.denied', ['X3'], 'ece-administrator', {
    en: 'The answer is about the cloud: account, application or address belong to another one (worldwide, US Government, China), and tenants of one are unknown in another.',
    ja: 'クラウドに関する応答です。アカウント、アプリケーション、またはアドレスが別のクラウド (グローバル、米国政府、中国) に属しています。',
  }),
  token: about('token.denied', ['C4'], 'ece-administrator', {
    en: 'The answer is about a token or a sign-in that is no longer good.',
    ja: '無効になったトークンまたはサインインに関する応答です。',
  }),
  grant: about('token.denied', ['C4', 'X2'], 'entra', {
    en: 'The number is one of those about the grant: the code or refresh token, and what it is asked to give.',
    ja: '認可コードや更新トークンなどの許可と、それによる要求に関する番号です。',
  }),
  application: about('token.denied', ['X1', 'X3'], 'entra', {
    en: 'The number is one of those about the application: its registration, its credential, or what it may ask for.',
    ja: 'アプリケーションの登録、資格情報、または要求できる内容に関する番号です。',
  }),
  directory: about('token.denied', ['X3', 'C5'], 'entra', {
    en: 'The number is one of those about the directory: the tenant, a resource of it, or the kind of account.',
    ja: 'テナント、そのリソース、アカウントの種類など、ディレクトリに関する番号です。',
  }),
  account: about('token.denied', ['X5', 'C5'], 'entra', {
    en: 'The answer is about the account, or about how it proves who it is.',
    ja: 'アカウント、またはその本人確認に関する応答です。',
  }),
  'on-premises': about('token.denied', ['X5'], 'entra', {
    en: 'The number is one of those about sign-in that is passed on to the organization’s own directory.',
    ja: '組織のオンプレミス ディレクトリに引き渡されるサインインに関する番号です。',
  }),
  federated: about('token.denied', ['X5'], 'entra', {
    en: 'The number is one of those about another identity provider (federation), to which Entra ID passes the sign-in and which answered wrongly or not at all.',
    ja: 'Entra ID がサインインを引き渡す別の ID プロバイダー (フェデレーション) の応答の誤り、または応答がないことに関する番号です。',
  }),
  browser: about('token.denied', ['C5'], 'ece-administrator', {
    en: 'The number is one of those about single sign-on of the browser on this computer.',
    ja: 'このコンピューターのブラウザーのシングル サインオンに関する番号です。',
  }),
  service: about('token.denied', ['X7'], 'microsoft', {
    en: 'The text speaks of a fault of the service.',
    ja: '応答の文面は、サービスの障害を示しています。',
  }),
  request: about('token.denied', ['X3', 'X8'], 'unknown', {
    en: 'The number is one of those about the request, the address it was sent to, or the service.',
    ja: '要求、その送信先のアドレス、またはサービスに関する番号です。',
  }),
} satisfies Readonly<Record<string, Omit<AadstsRow, 'codes'>>>;

export type FamilyId = keyof typeof FAMILY_ROWS;
