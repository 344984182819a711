import type { AadstsRow } from './aadsts-row.ts';

/** What the application proves itself by: client secret, certificate, assertion (X1). */
export const CREDENTIAL_ROWS = [
  {
    codes: [50003],
    cause: 'token.secret',
    items: ['X1'],
    owner: 'entra',
    retry: 'no',
    meaning: { en: 'The application has no signing key.', ja: 'アプリケーションに署名キーがありません。' },
    action: {
      en: 'Let the owner of the application in Entra add the key.',
      ja: 'Entra のアプリケーションの所有者に、キーを追加するよう依頼してください。',
    },
  },
  {
    codes: [50012],
    cause: 'token.secret',
    items: ['X1'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The application could not authenticate itself: chain, subject or signature of its certificate.',
      ja: '証明書のチェーン、サブジェクト、署名のいずれかが原因で、アプリケーションの認証に失敗しました。',
    },
    action: {
      en: 'Check the certificate of the application and the copy that the client uses.',
      ja: 'アプリケーションの証明書と、クライアントが使用しているものを確認してください。',
    },
  },
  {
    codes: [70002],
    cause: 'token.secret',
    items: ['X1'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The credentials of the application (its client secret) are not valid.',
      ja: 'アプリケーションの資格情報 (クライアント シークレット) が無効です。',
    },
    action: {
      en: 'Enter the value of the client secret again in ECE, not its ID.',
      ja: 'クライアント シークレットの ID ではなく値を ECE に入力し直してください。',
    },
  },
  {
    codes: [7000215],
    cause: 'token.secret',
    items: ['X1'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The client secret is wrong: its ID was pasted, or its value was not copied whole.',
      ja: 'クライアント シークレットが正しくありません。シークレット ID が貼り付けられたか、値が正しくコピーされていません。',
    },
    action: {
      en: 'Make a new client secret in Entra, copy its value at once, and enter that in ECE.',
      ja: 'Entra で新しいクライアント シークレットを作成し、その場で値をコピーして ECE に入力してください。',
    },
  },
  {
    codes: [7000218],
    cause: 'token.secret',
    items: ['X1', 'C3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The request has no client_secret and no client_assertion, and the application demands one.',
      ja: 'アプリケーションが要求する client_secret または client_assertion が要求に含まれていません。',
    },
    action: {
      en: 'Enter the client secret in ECE; a client without a secret must not be registered under platform Web.',
      ja: 'ECE にクライアント シークレットを入力してください。シークレットを持たないクライアントは、プラットフォーム Web に登録しないでください。',
    },
  },
  {
    codes: [7000222],
    cause: 'token.secret',
    items: ['X1'],
    owner: 'entra',
    retry: 'no',
    meaning: { en: 'The client secret expired.', ja: 'クライアント シークレットの有効期限が切れています。' },
    action: {
      en: 'Make a new client secret in Entra, enter its value in ECE, and watch the new date.',
      ja: 'Entra で新しいクライアント シークレットを作成し、その値を ECE に入力して、新しい有効期限を管理してください。',
    },
  },
  {
    codes: [700027],
    cause: 'token.secret',
    items: ['X1'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The certificate of the client assertion is not registered with the application or has expired, or the signature is not its own.',
      ja: 'クライアント アサーションの証明書がアプリケーションに登録されていないか、期限切れか、署名が証明書と一致しません。',
    },
    action: {
      en: 'Register the certificate whose thumbprint the client uses with the application in Entra, or make a new one where it has expired; check that certificate and private key belong together.',
      ja: 'クライアントが使う拇印の証明書を Entra でアプリケーションに登録してください。期限切れの場合は新しく作成してください。証明書と秘密キーが対になっていることも確認してください。',
    },
  },
  {
    codes: [700030],
    cause: 'token.secret',
    items: ['X1'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The subject of the certificate is not authorized.',
      ja: '証明書のサブジェクトが承認されていません。',
    },
    action: {
      en: 'Register the certificate with the application in Entra.',
      ja: 'Entra でアプリケーションに証明書を登録してください。',
    },
  },
] as const satisfies readonly AadstsRow[];
