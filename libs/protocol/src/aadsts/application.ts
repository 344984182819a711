import { registerRedirectUri } from './actions.ts';
import type { AadstsRow } from './aadsts-row.ts';

/** The registration of the application: redirect URI and client ID (C3). */
export const APPLICATION_ROWS = [
  {
    codes: [50011],
    cause: 'token.redirect',
    items: ['C3', 'C2'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The redirect URI (reply URL) that ECE sent is not one of those registered.',
      ja: 'ECE が送信したリダイレクト URI (応答 URL) が、登録されているものと一致しません。',
    },
    action: registerRedirectUri,
  },
  {
    codes: [500112],
    cause: 'token.denied',
    items: ['C3', 'C2'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The redirect URI that came with the code is another one than that for which the code was given.',
      ja: 'コードとともに送信されたリダイレクト URI が、コードの発行時に指定されたものと異なります。',
    },
    action: {
      en: 'Set one external URL for all application servers, then create the token again in ECE.',
      ja: 'すべてのアプリケーション サーバーで同じ外部 URL を設定してから、ECE でトークンを作成し直してください。',
    },
  },
  {
    codes: [500113],
    cause: 'token.redirect',
    items: ['C3'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The application has no redirect URI at all.',
      ja: 'アプリケーションにリダイレクト URI が登録されていません。',
    },
    action: {
      en: 'Add the redirect URI of ECE under platform Web.',
      ja: 'ECE のリダイレクト URI をプラットフォーム Web に追加してください。',
    },
  },
  {
    codes: [900971],
    cause: 'token.redirect',
    items: ['C3'],
    owner: 'entra',
    retry: 'no',
    meaning: { en: 'No reply address was given.', ja: '応答アドレスが指定されていません。' },
    action: registerRedirectUri,
  },
  {
    codes: [70004],
    cause: 'token.redirect',
    items: ['C3'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The redirect URI that was sent matches none that is registered.',
      ja: '送信されたリダイレクト URI が、登録されているいずれの URI とも一致しません。',
    },
    action: registerRedirectUri,
  },
  {
    codes: [70001],
    cause: 'token.registration',
    items: ['X1', 'X2'],
    owner: 'entra',
    retry: 'no',
    meaning: { en: 'The application is disabled.', ja: 'アプリケーションが無効になっています。' },
    action: {
      en: 'Enable the enterprise application in Entra.',
      ja: 'Entra でエンタープライズ アプリケーションを有効にしてください。',
    },
  },
  {
    codes: [700011],
    cause: 'token.registration',
    items: ['X3', 'C3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The directory does not know the application: wrong client ID or wrong tenant.',
      ja: 'ディレクトリにアプリケーションが見つかりません。クライアント ID またはテナントが誤っています。',
    },
    action: {
      en: 'Take client ID and tenant ID in ECE from the overview page of the same registration.',
      ja: 'ECE のクライアント ID とテナント ID を、同じアプリの登録の概要ページから設定してください。',
    },
  },
  {
    codes: [700016],
    cause: 'token.registration',
    items: ['C3', 'X3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'This tenant does not know the application.',
      ja: 'このテナントにアプリケーションが見つかりません。',
    },
    action: {
      en: 'Take client ID and tenant ID in ECE from the same registration, and have consent granted in that tenant.',
      ja: 'ECE のクライアント ID とテナント ID を同じアプリの登録から設定し、そのテナントで同意を得てください。',
    },
  },
  {
    codes: [700025],
    cause: 'token.registration',
    items: ['C3', 'X1'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The application is a public client, so it may not send a secret.',
      ja: 'アプリケーションがパブリック クライアントのため、シークレットを送信できません。',
    },
    action: {
      en: 'Register the redirect URI of ECE under platform Web: ECE is a confidential client.',
      ja: 'ECE は機密クライアントです。ECE のリダイレクト URI をプラットフォーム Web に登録してください。',
    },
  },
  {
    codes: [70005, 700054],
    cause: 'token.denied',
    items: ['C3'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The response type is not enabled for the application.',
      ja: '応答の種類がアプリケーションで有効になっていません。',
    },
    action: {
      en: 'Enable what the flow needs in the registration; the authorization code flow needs none of the token boxes.',
      ja: 'アプリの登録で、使用するフローに必要な項目を有効にしてください。認可コード フローでは、トークンのチェック ボックスはいずれも不要です。',
    },
  },
] as const satisfies readonly AadstsRow[];
