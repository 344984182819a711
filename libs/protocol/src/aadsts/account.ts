import { newPassword, signInAsMailbox } from './actions.ts';
import type { AadstsRow } from './aadsts-row.ts';

/** Which account signed in, and in which state that account is (C5, X5). */
export const ACCOUNT_ROWS = [
  {
    codes: [50014, 50020, 51004, 16000, 90072],
    cause: 'token.account',
    items: ['C5', 'X3'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The account that signed in does not exist in this tenant: it is a guest, of another tenant, or personal.',
      ja: 'サインインしたアカウントがこのテナントに存在しません。ゲスト、別のテナントのアカウント、または個人用アカウントです。',
    },
    action: signInAsMailbox,
  },
  {
    codes: [16003],
    cause: 'token.account',
    items: ['C5', 'X3'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The user was not added to this tenant.',
      ja: 'ユーザーがこのテナントに追加されていません。',
    },
    action: signInAsMailbox,
  },
  {
    codes: [500200],
    cause: 'token.account',
    items: ['C5'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'A personal Microsoft account was used, which this application does not support.',
      ja: 'このアプリケーションがサポートしていない個人用 Microsoft アカウントが使用されました。',
    },
    action: signInAsMailbox,
  },
  {
    codes: [500208],
    cause: 'token.account',
    items: ['C5'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The domain of the name is no valid login domain for this type of account.',
      ja: '名前のドメインは、この種類のアカウントのログイン ドメインとして有効ではありません。',
    },
    action: signInAsMailbox,
  },
  {
    codes: [50034],
    cause: 'token.account',
    items: ['C5'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The directory has no such user: a typing error, or the wrong tenant.',
      ja: 'ディレクトリにそのユーザーが存在しません。入力の誤りか、テナントの誤りです。',
    },
    action: {
      en: 'Check the user principal name (UPN) of the mailbox, which may differ from its mail address, and the tenant ID.',
      ja: 'メールボックスのユーザー プリンシパル名 (UPN) とテナント ID を確認してください。UPN はメール アドレスと異なる場合があります。',
    },
  },
  {
    codes: [50053],
    cause: 'token.account',
    items: ['X5'],
    owner: 'entra',
    retry: 'wait',
    meaning: {
      en: 'The account is locked after wrong passwords, or the sign-in came from an address with malicious activity.',
      ja: 'パスワードの誤りが続いてアカウントがロックされたか、悪意のあるアクティビティが確認された IP アドレスからのサインインです。',
    },
    action: {
      en: 'Read the failure reason in the Entra sign-in log, then wait or unblock the account; do not repeat the sign-in until then.',
      ja: 'Entra のサインイン ログで失敗の理由を確認し、待機するかブロックを解除してください。それまではサインインを繰り返さないでください。',
    },
  },
  {
    codes: [50055],
    cause: 'token.account',
    items: ['X5'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'The password of the account expired.',
      ja: 'アカウントのパスワードの有効期限が切れています。',
    },
    action: newPassword,
  },
  {
    codes: [50144],
    cause: 'token.account',
    items: ['X5'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'The password of the account in the on-premises Active Directory expired.',
      ja: 'オンプレミスの Active Directory でアカウントのパスワードの有効期限が切れています。',
    },
    action: newPassword,
  },
  {
    codes: [50056],
    cause: 'token.account',
    items: ['X5'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'The directory holds no password for the account, or an invalid one.',
      ja: 'ディレクトリにアカウントのパスワードがないか、無効なパスワードが保存されています。',
    },
    action: {
      en: 'Set a password for the account and check the password hash synchronization.',
      ja: 'アカウントにパスワードを設定し、パスワード ハッシュ同期を確認してください。',
    },
  },
  {
    codes: [50057],
    cause: 'token.account',
    items: ['X5', 'C8'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The account is disabled; for the account of a shared mailbox that is the normal state, so no token can be made as the shared mailbox.',
      ja: 'アカウントが無効です。共有メールボックスのアカウントでは通常の状態であり、共有メールボックスとしてトークンを作成することはできません。',
    },
    action: {
      en: 'Enable the account, or for a shared mailbox create the token as a user who has FullAccess to it.',
      ja: 'アカウントを有効にしてください。共有メールボックスの場合は、FullAccess を持つユーザーとしてトークンを作成してください。',
    },
  },
  {
    codes: [50064, 50126],
    cause: 'token.account',
    items: ['C5', 'X5'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The user name or the password is wrong.',
      ja: 'ユーザー名またはパスワードが正しくありません。',
    },
    action: {
      en: 'Type the credentials of the mailbox’s own account once more by hand; repeated wrong tries lock the account (AADSTS50053).',
      ja: 'メールボックスのアカウントの資格情報を手動で入力し直してください。誤った試行を繰り返すとアカウントがロックされます (AADSTS50053)。',
    },
  },
  {
    codes: [50105],
    cause: 'token.account',
    items: ['C5', 'X2'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The application demands assignment, and the user who signed in is not assigned to it.',
      ja: 'アプリケーションで割り当てが必須になっていますが、サインインしたユーザーが割り当てられていません。',
    },
    action: {
      en: 'Assign the mailbox user, not the administrator, to the enterprise application, or turn its property "Assignment required?" off.',
      ja: '管理者ではなくメールボックスのユーザーをエンタープライズ アプリケーションに割り当てるか、プロパティ「割り当てが必要ですか?」をオフにしてください。',
    },
  },
  {
    codes: [50125, 50135],
    cause: 'token.denied',
    items: ['X5'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'A password change or a registration interrupts the sign-in.',
      ja: 'パスワードの変更または登録が必要なため、サインインが中断されました。',
    },
    action: {
      en: 'Finish it in a browser as the mailbox user, then create the token again in ECE.',
      ja: 'ブラウザーでメールボックスのユーザーとして手続きを完了してから、ECE でトークンを作成し直してください。',
    },
  },
] as const satisfies readonly AadstsRow[];
