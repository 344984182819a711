import { adminConsent, exactScope } from './actions.ts';
import type { AadstsRow } from './aadsts-row.ts';

/** Consent, permissions and scopes (X2). */
export const CONSENT_ROWS = [
  {
    codes: [65001],
    cause: 'token.consent',
    items: ['X2'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'Nobody consented to these permissions for this user.',
      ja: 'このユーザーについて、アクセス許可への同意が行われていません。',
    },
    action: adminConsent,
  },
  {
    codes: [65002],
    cause: 'token.consent',
    items: ['X2'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The client ID is that of an application of Microsoft, which is not preauthorized for this.',
      ja: 'クライアント ID が Microsoft 製アプリケーションのもので、この用途に事前承認されていません。',
    },
    action: {
      en: 'Register an application of your own in Entra and enter its client ID in ECE.',
      ja: 'Entra に独自のアプリケーションを登録し、そのクライアント ID を ECE に入力してください。',
    },
  },
  {
    codes: [65004],
    cause: 'token.consent',
    items: ['X2'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: { en: 'The user declined the consent.', ja: 'ユーザーが同意を拒否しました。' },
    action: {
      en: 'Repeat the sign-in and accept, or have admin consent granted.',
      ja: 'もう一度サインインして同意するか、管理者の同意を得てください。',
    },
  },
  {
    codes: [65005, 650056, 650057],
    cause: 'token.consent',
    items: ['X2', 'C3'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The permissions of the application do not name the mail resource, or are not set up rightly.',
      ja: 'アプリケーションのアクセス許可にメールのリソースが含まれていないか、構成が正しくありません。',
    },
    action: {
      en: 'Add the delegated permissions IMAP.AccessAsUser.All or POP.AccessAsUser.All, and SMTP.Send, and check the client ID in ECE.',
      ja: '委任されたアクセス許可 IMAP.AccessAsUser.All または POP.AccessAsUser.All と、SMTP.Send を追加し、ECE のクライアント ID を確認してください。',
    },
  },
  {
    codes: [650053],
    cause: 'token.consent',
    items: ['X2', 'C3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The application asks for a permission that the mail resource does not have.',
      ja: 'アプリケーションが、メールのリソースに存在しないアクセス許可を要求しています。',
    },
    action: exactScope,
  },
  {
    codes: [650054],
    cause: 'token.consent',
    items: ['X2'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The application asks for permissions of a resource that was removed.',
      ja: 'アプリケーションが、削除されたリソースのアクセス許可を要求しています。',
    },
    action: {
      en: 'Remove these permissions from the registration, add the mail permissions again and grant consent.',
      ja: 'アプリの登録から該当するアクセス許可を削除し、メール用のアクセス許可を追加し直して同意を与えてください。',
    },
  },
  {
    codes: [700022, 700023],
    cause: 'token.consent',
    items: ['X2'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The scope names several resources, or none.',
      ja: 'スコープに複数のリソースが含まれているか、リソースが含まれていません。',
    },
    action: {
      en: 'Ask for one resource in a request: only the scopes of outlook.office.com.',
      ja: '1 つの要求では 1 つのリソースだけを指定してください。outlook.office.com のスコープのみを使用します。',
    },
  },
  {
    codes: [70011],
    cause: 'token.consent',
    items: ['X2'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: { en: 'The scope is not valid.', ja: 'スコープが無効です。' },
    action: exactScope,
  },
  {
    codes: [28002, 28003],
    cause: 'token.consent',
    items: ['X2'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The scope of the token request is empty or not valid.',
      ja: 'トークン要求のスコープが空であるか、無効です。',
    },
    action: exactScope,
  },
  {
    codes: [7000112],
    cause: 'token.registration',
    items: ['X2'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The application is disabled in this tenant.',
      ja: 'アプリケーションがこのテナントで無効になっています。',
    },
    action: {
      en: 'Enable the enterprise application in Entra.',
      ja: 'Entra でエンタープライズ アプリケーションを有効にしてください。',
    },
  },
  {
    codes: [7000229],
    cause: 'token.registration',
    items: ['X2', 'X3'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The application has no service principal in this tenant.',
      ja: 'このテナントにアプリケーションのサービス プリンシパルがありません。',
    },
    action: {
      en: 'Grant consent in the tenant of the mailbox, and check the tenant ID.',
      ja: 'メールボックスが属するテナントで同意を与え、テナント ID を確認してください。',
    },
  },
  {
    codes: [90008],
    cause: 'token.consent',
    items: ['X2'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'Nobody consented, and the application lacks the permission to sign in and read the user’s profile.',
      ja: '同意が行われておらず、サインインとユーザー プロファイルの読み取りのアクセス許可がアプリケーションにありません。',
    },
    action: {
      en: 'Add the delegated permission User.Read and grant consent.',
      ja: '委任されたアクセス許可 User.Read を追加し、同意を与えてください。',
    },
  },
  {
    codes: [90094, 90095],
    cause: 'token.consent',
    items: ['X2'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'Only an administrator may consent to these permissions.',
      ja: 'これらのアクセス許可に同意できるのは管理者だけです。',
    },
    action: adminConsent,
  },
  {
    codes: [90099],
    cause: 'token.consent',
    items: ['X2'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The application is not authorized in the tenant for delegated administrators.',
      ja: '委任された管理者について、アプリケーションがテナントで承認されていません。',
    },
    action: {
      en: 'Have the application consented to in that tenant before it is used.',
      ja: '使用する前に、そのテナントでアプリケーションへの同意を得てください。',
    },
  },
  {
    codes: [1002012],
    cause: 'token.denied',
    items: ['X2'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'With the client credentials grant the scope must end in /.default.',
      ja: 'クライアント資格情報の許可では、スコープの末尾が /.default でなければなりません。',
    },
    action: {
      en: 'Use the scope https://outlook.office365.com/.default for app-only access.',
      ja: 'アプリ専用アクセスでは、スコープ https://outlook.office365.com/.default を使用してください。',
    },
  },
] as const satisfies readonly AadstsRow[];
