import { createTokenAgain } from './actions.ts';
import type { AadstsRow } from './aadsts-row.ts';

/** Tokens and sessions that are no longer good (C4). */
export const TOKEN_ROWS = [
  {
    codes: [50085, 50089],
    cause: 'token.revoked',
    items: ['C4'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The token or the sign-in expired; a login is needed.',
      ja: 'トークンまたはサインインの有効期限が切れたため、ログインが必要です。',
    },
    action: createTokenAgain,
  },
  {
    codes: [50132, 50133],
    cause: 'token.revoked',
    items: ['X5', 'C4'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The session ended because the password of the account expired or was changed.',
      ja: 'アカウントのパスワードの有効期限切れまたは変更により、セッションが無効になりました。',
    },
    action: {
      en: 'Once the new password is set, create the token again in ECE.',
      ja: '新しいパスワードを設定した後に、ECE でトークンを作成し直してください。',
    },
  },
  {
    codes: [50173],
    cause: 'token.revoked',
    items: ['C4', 'X5'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The grant was revoked: somebody revoked the sessions of the account or reset its password.',
      ja: '許可が取り消されました。アカウントのセッションが失効させられたか、パスワードがリセットされています。',
    },
    action: createTokenAgain,
  },
  {
    codes: [70000],
    cause: 'token.revoked',
    items: ['C4'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: { en: 'The refresh token is not valid.', ja: '更新トークンが無効です。' },
    action: {
      en: 'Create the token again in ECE, and make sure that only one server refreshes it.',
      ja: 'ECE でトークンを作成し直し、更新するサーバーが 1 台だけであることを確認してください。',
    },
  },
  {
    codes: [70008, 700082],
    cause: 'token.revoked',
    items: ['C4'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The refresh token was not used for too long (90 days by default), or the code expired.',
      ja: '更新トークンが長期間 (既定では 90 日) 使用されなかったか、コードの有効期限が切れています。',
    },
    action: {
      en: 'Create the token again in ECE. The refresh on the services server probably stopped long ago: check there that it reaches the sign-in host on port 443.',
      ja: 'ECE でトークンを作成し直してください。サービス サーバーでの更新が以前から停止していた可能性があります。サービス サーバーからサインイン ホストのポート 443 に到達できるか確認してください。',
    },
  },
  {
    codes: [70043],
    cause: 'token.revoked',
    items: ['C4', 'X4'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'The refresh token ended because of the sign-in frequency that a Conditional Access policy sets.',
      ja: '条件付きアクセス ポリシーのサインインの頻度により、更新トークンが無効になりました。',
    },
    action: {
      en: 'Exclude the mailbox account from the sign-in frequency policy, then create the token again in ECE.',
      ja: 'メールボックスのアカウントをサインインの頻度のポリシーから除外してから、ECE でトークンを作成し直してください。',
    },
  },
] as const satisfies readonly AadstsRow[];
