import { tryLater } from './actions.ts';
import type { AadstsRow } from './aadsts-row.ts';

/** Faults of the service, and its requests to slow down (X7). */
export const SERVICE_ROWS = [
  {
    codes: [50000],
    cause: 'token.unavailable',
    items: ['X7'],
    owner: 'microsoft',
    retry: 'back-off',
    meaning: {
      en: 'Entra ID could not issue a token because of a fault of its own.',
      ja: 'Entra ID 側の障害により、トークンを発行できませんでした。',
    },
    action: tryLater,
  },
  {
    codes: [50033],
    cause: 'token.unavailable',
    items: ['X7'],
    owner: 'microsoft',
    retry: 'back-off',
    meaning: { en: 'Entra ID has a transient fault.', ja: 'Entra ID で一時的な障害が発生しています。' },
    action: tryLater,
  },
  {
    codes: [50087, 50088],
    cause: 'token.unavailable',
    items: ['X7'],
    owner: 'microsoft',
    retry: 'back-off',
    meaning: {
      en: 'The service for strong authentication has a fault, or its limit of text messages is reached.',
      ja: '強力な認証のサービスに障害が発生しているか、SMS の上限に達しています。',
    },
    action: tryLater,
  },
  {
    codes: [50134],
    cause: 'token.denied',
    items: ['X7'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The device sign-in was authorized in the wrong data centre.',
      ja: 'デバイス サインインが、誤ったデータセンターで承認されました。',
    },
    action: { en: 'Repeat the device sign-in.', ja: 'デバイス サインインをやり直してください。' },
  },
  {
    codes: [70012],
    cause: 'token.unavailable',
    items: ['X7'],
    owner: 'microsoft',
    retry: 'back-off',
    meaning: {
      en: 'The sign-in service for personal accounts has a fault.',
      ja: '個人用アカウントのサインイン サービスで障害が発生しています。',
    },
    action: tryLater,
  },
  {
    codes: [70016],
    cause: 'token.denied',
    items: [],
    owner: 'ece-administrator',
    retry: 'back-off',
    meaning: {
      en: 'Nobody has signed in with the device code yet; that is a normal step.',
      ja: 'デバイス コードによるサインインがまだ行われていません。通常の手順です。',
    },
    action: {
      en: 'Sign in with the code that is shown; until then Mailpath asks again at the interval that Entra ID gave.',
      ja: '表示されたコードでサインインしてください。それまで Mailpath は Entra ID が指定した間隔で問い合わせを続けます。',
    },
  },
  {
    codes: [80001, 80002, 80005, 80007, 80010, 80012, 80014],
    cause: 'token.unavailable',
    items: ['X5', 'X7'],
    owner: 'entra',
    retry: 'back-off',
    meaning: {
      en: 'Pass-through authentication failed: its agent or the on-premises Active Directory has a fault, or the account may not log on at this hour.',
      ja: 'パススルー認証に失敗しました。認証エージェントまたはオンプレミスの Active Directory の障害か、アカウントのログオン時間外です。',
    },
    action: {
      en: 'Let the identity team check the pass-through authentication agents, the domain controllers, and the logon hours of the account.',
      ja: 'ID 管理の担当者に、パススルー認証エージェント、ドメイン コントローラー、アカウントのログオン時間を確認するよう依頼してください。',
    },
  },
  {
    codes: [90006, 90012, 90024, 90033, 90090],
    cause: 'token.unavailable',
    items: ['X7'],
    owner: 'microsoft',
    retry: 'back-off',
    meaning: {
      en: 'Entra ID has a transient fault or is overloaded.',
      ja: 'Entra ID で一時的な障害または過負荷が発生しています。',
    },
    action: tryLater,
  },
  {
    codes: [90036],
    cause: 'token.denied',
    items: ['X7'],
    owner: 'microsoft',
    retry: 'no',
    meaning: {
      en: 'The directory has a fault that does not go away by trying again.',
      ja: '再試行しても解消しない障害がディレクトリで発生しています。',
    },
    action: {
      en: 'Open a ticket with Microsoft and name the trace ID, the correlation ID and the time.',
      ja: 'トレース ID、相関 ID、時刻を添えて Microsoft に問い合わせてください。',
    },
  },
  {
    codes: [90055],
    cause: 'throttled',
    items: ['X7'],
    owner: 'ece-administrator',
    retry: 'back-off',
    meaning: {
      en: 'Entra ID throttles this tenant: too many requests.',
      ja: '要求が多すぎるため、Entra ID がこのテナントをスロットリングしています。',
    },
    action: {
      en: 'Slow down, and find out which program of the tenant asks for tokens so often.',
      ja: '要求の頻度を下げ、テナント内でトークンを頻繁に要求しているプログラムを特定してください。',
    },
  },
] as const satisfies readonly AadstsRow[];
