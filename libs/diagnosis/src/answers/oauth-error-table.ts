import {
  type Answer,
  type Bilingual,
  adminConsent,
  clientFault,
  createTokenAgain,
  exactScope,
  personNeeded,
  tryLater,
} from '@mailpath/protocol';

/** What an answer to a token request means by its word alone. */
export interface OAuthErrorRow extends Answer {
  readonly meaning: Bilingual;
  readonly action: Bilingual;
}

/** By `error` (RFC 6749 section 5.2, RFC 8628 section 3.5, and the values that Microsoft adds). */
export const OAUTH_ERRORS = {
  invalid_request: {
    items: ['X8'],
    owner: 'mailpath',
    retry: 'no',
    meaning: {
      en: 'A parameter of the request is missing or malformed.',
      ja: '要求のパラメーターが不足しているか、形式が正しくありません。',
    },
    action: clientFault,
  },
  invalid_grant: {
    items: ['C4'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The code, the refresh token or the session of the user is no longer good.',
      ja: '認可コード、更新トークン、またはユーザーのセッションが無効になっています。',
    },
    action: createTokenAgain,
  },
  unauthorized_client: {
    items: ['X2', 'C3'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The application is unknown, disabled, or not allowed this grant.',
      ja: 'アプリケーションが不明であるか、無効であるか、この許可の種類を使用できません。',
    },
    action: {
      en: 'Compare client ID and tenant ID in ECE with the registration in Entra, and check that it is enabled.',
      ja: 'ECE のクライアント ID とテナント ID を Entra のアプリの登録と比較し、有効になっていることを確認してください。',
    },
  },
  invalid_client: {
    items: ['X1'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The client secret or the certificate of the application is refused.',
      ja: 'アプリケーションのクライアント シークレットまたは証明書が拒否されました。',
    },
    action: {
      en: 'Make a new client secret in Entra and enter its value, not its ID, in ECE.',
      ja: 'Entra で新しいクライアント シークレットを作成し、ID ではなく値を ECE に入力してください。',
    },
  },
  unsupported_grant_type: {
    items: ['X8'],
    owner: 'mailpath',
    retry: 'no',
    meaning: {
      en: 'The grant type of the request is wrong.',
      ja: '要求の許可の種類 (grant type) が正しくありません。',
    },
    action: clientFault,
  },
  invalid_resource: {
    items: ['X2', 'X3'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: {
      en: 'The resource is wrong, or not in this tenant.',
      ja: 'リソースが正しくないか、このテナントにありません。',
    },
    action: exactScope,
  },
  invalid_scope: {
    items: ['X2'],
    owner: 'ece-administrator',
    retry: 'no',
    meaning: { en: 'The scope is wrong.', ja: 'スコープが正しくありません。' },
    action: exactScope,
  },
  interaction_required: {
    items: ['X4'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: personNeeded,
    action: createTokenAgain,
  },
  consent_required: {
    items: ['X2'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'Nobody consented to the permissions of the application.',
      ja: 'アプリケーションのアクセス許可への同意が行われていません。',
    },
    action: adminConsent,
  },
  login_required: {
    items: ['C5'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: personNeeded,
    action: createTokenAgain,
  },
  access_denied: {
    items: ['X2'],
    owner: 'entra',
    retry: 'no',
    meaning: { en: 'The consent was declined or blocked.', ja: '同意が拒否またはブロックされました。' },
    action: adminConsent,
  },
  authorization_pending: {
    items: [],
    owner: 'ece-administrator',
    retry: 'back-off',
    meaning: {
      en: 'Nobody has signed in with the device code yet; that is a normal step.',
      ja: 'デバイス コードによるサインインがまだ行われていません。通常の手順です。',
    },
    action: {
      en: 'Sign in with the code that is shown.',
      ja: '表示されているコードでサインインしてください。',
    },
  },
  slow_down: {
    items: ['X7'],
    owner: 'mailpath',
    retry: 'back-off',
    meaning: {
      en: 'The device sign-in is asked for too often.',
      ja: 'デバイス サインインの問い合わせが頻繁すぎます。',
    },
    action: {
      en: 'Ask 5 seconds more rarely from now on.',
      ja: '以後の問い合わせ間隔を 5 秒長くしてください。',
    },
  },
  expired_token: {
    items: ['C5'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The device code expired before anybody signed in.',
      ja: 'サインインが行われる前に、デバイス コードの有効期限が切れました。',
    },
    action: {
      en: 'Start again and type the new code in time.',
      ja: '最初からやり直し、新しいコードを有効期限内に入力してください。',
    },
  },
  temporarily_unavailable: {
    items: ['X7'],
    owner: 'microsoft',
    retry: 'back-off',
    meaning: {
      en: 'The sign-in service is busy or has a fault.',
      ja: 'サインイン サービスが混雑しているか、障害が発生しています。',
    },
    action: tryLater,
  },
  network_error: {
    items: ['C9', 'X6'],
    owner: 'network',
    retry: 'back-off',
    meaning: {
      en: 'No HTTP answer came from the sign-in host.',
      ja: 'サインイン ホストから HTTP 応答がありませんでした。',
    },
    action: {
      en: 'Compare DNS, TCP and TLS to the sign-in host on all servers.',
      ja: 'すべてのサーバーで、サインイン ホストへの DNS、TCP、TLS を比較してください。',
    },
  },
} satisfies Record<string, OAuthErrorRow>;

/** An answer of another than the sign-in host: HTML, or a demand for proxy credentials, in place of JSON. */
export const NOT_THE_SIGN_IN_HOST: OAuthErrorRow = {
  items: ['X6'],
  owner: 'proxy',
  retry: 'no',
  meaning: {
    en: 'A proxy answered in place of the sign-in host.',
    ja: 'サインイン ホストの代わりにプロキシが応答しました。',
  },
  action: {
    en: 'Let the proxy team allow the sign-in host for this server without proxy authentication.',
    ja: 'プロキシの担当者に、このサーバーからサインイン ホストへの通信をプロキシ認証なしで許可するよう依頼してください。',
  },
};

/** HTTP 429: asked too often. */
export const TOO_MANY_REQUESTS: OAuthErrorRow = {
  items: ['X7'],
  owner: 'ece-administrator',
  retry: 'wait',
  meaning: {
    en: 'The sign-in service throttles: too many requests.',
    ja: '要求が多すぎるため、サインイン サービスがスロットリングを行っています。',
  },
  action: {
    en: 'Wait for the time in Retry-After, then ask more rarely.',
    ja: 'Retry-After の時間だけ待ち、その後は要求の頻度を下げてください。',
  },
};
