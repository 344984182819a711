import { excludeFromDevicePolicy, identityTeam, readSignInLog, useManagedDevice } from './actions.ts';
import type { AadstsRow } from './aadsts-row.ts';

/** Conditional Access, multifactor authentication, security defaults (X4). */
export const POLICY_ROWS = [
  {
    codes: [50005],
    cause: 'token.policy',
    items: ['X4'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'A Conditional Access policy does not allow the platform of this device.',
      ja: '条件付きアクセス ポリシーが、このデバイスのプラットフォームを許可していません。',
    },
    action: {
      en: 'Sign in on a device of an allowed platform, or adapt the policy for the mailbox account.',
      ja: '許可されているプラットフォームのデバイスでサインインするか、メールボックスのアカウントに合わせてポリシーを変更してください。',
    },
  },
  {
    codes: [500212, 500213],
    cause: 'token.policy',
    items: ['X4'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'A cross-tenant access policy blocks the sign-in.',
      ja: 'クロステナント アクセス ポリシーがサインインをブロックしました。',
    },
    action: {
      en: 'Let the administrators of both tenants check their cross-tenant access settings.',
      ja: '双方のテナントの管理者に、クロステナント アクセス設定を確認するよう依頼してください。',
    },
  },
  {
    codes: [50072, 50079],
    cause: 'token.policy',
    items: ['X4'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'The user must first register for multifactor authentication (MFA).',
      ja: 'ユーザーは先に多要素認証 (MFA) に登録する必要があります。',
    },
    action: {
      en: 'Complete the registration in a browser as the mailbox user, then create the token again in ECE; or exclude the account by policy.',
      ja: 'ブラウザーでメールボックスのユーザーとして登録を完了し、ECE でトークンを作成し直すか、ポリシーでアカウントを除外してください。',
    },
  },
  {
    codes: [50074, 50076],
    cause: 'token.policy',
    items: ['X4'],
    owner: 'entra',
    retry: 'user',
    meaning: { en: 'Multifactor authentication (MFA) is required.', ja: '多要素認証 (MFA) が必要です。' },
    action: {
      en: 'Create the token again in ECE with MFA. If only one server gets this, a location condition sees its egress address: compare the servers.',
      ja: 'MFA を行って ECE でトークンを作成し直してください。1 台のサーバーだけで発生する場合は、送信元 IP アドレスが場所の条件に該当しています。サーバー間で比較してください。',
    },
  },
  {
    codes: [50078],
    cause: 'token.policy',
    items: ['X4'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'The multifactor authentication (MFA) of the session expired.',
      ja: 'セッションの多要素認証 (MFA) の有効期限が切れました。',
    },
    action: {
      en: 'Create the token again in ECE, and look at the sign-in frequency in the Conditional Access policies.',
      ja: 'ECE でトークンを作成し直し、条件付きアクセス ポリシーのサインインの頻度を確認してください。',
    },
  },
  {
    codes: [50097, 50129, 50155, 50187],
    cause: 'token.policy',
    items: ['X4'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'A policy demands that the device authenticates, and it did not.',
      ja: 'ポリシーでデバイス認証が求められていますが、デバイスが認証されませんでした。',
    },
    action: excludeFromDevicePolicy,
  },
  {
    codes: [50131],
    cause: 'token.policy',
    items: ['X4'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'Conditional Access refused: the state of the device, suspicious activity, or a policy.',
      ja: 'デバイスの状態、不審なアクティビティ、またはポリシーにより、条件付きアクセスで拒否されました。',
    },
    action: readSignInLog,
  },
  {
    codes: [50158],
    cause: 'token.policy',
    items: ['X4'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'An external security challenge was not met: MFA of another vendor, or terms of use.',
      ja: '外部のセキュリティ チャレンジが完了していません。サードパーティの MFA または利用規約への同意です。',
    },
    action: {
      en: 'Complete it in a browser as the mailbox user, then create the token again in ECE.',
      ja: 'ブラウザーでメールボックスのユーザーとして完了してから、ECE でトークンを作成し直してください。',
    },
  },
  {
    codes: [53000, 530002],
    cause: 'token.policy',
    items: ['X4', 'C5'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'A Conditional Access policy demands a compliant device.',
      ja: '条件付きアクセス ポリシーで、準拠しているデバイスが求められています。',
    },
    action: useManagedDevice,
  },
  {
    codes: [53001, 530003],
    cause: 'token.policy',
    items: ['X4', 'C5'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'A Conditional Access policy demands a joined or managed device.',
      ja: '条件付きアクセス ポリシーで、参加済みまたは管理対象のデバイスが求められています。',
    },
    action: useManagedDevice,
  },
  {
    codes: [53002],
    cause: 'token.policy',
    items: ['X4'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'A Conditional Access policy allows approved client applications only.',
      ja: '条件付きアクセス ポリシーで、承認されたクライアント アプリのみが許可されています。',
    },
    action: {
      en: 'Exclude the mailbox account, or this application, from the policy.',
      ja: 'メールボックスのアカウントまたはこのアプリケーションをポリシーから除外してください。',
    },
  },
  {
    codes: [53003],
    cause: 'token.policy',
    items: ['X4'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'Conditional Access blocks the sign-in, often by location.',
      ja: '条件付きアクセスがサインインをブロックしました。多くの場合、場所の条件によるものです。',
    },
    action: readSignInLog,
  },
  {
    codes: [530032],
    cause: 'token.policy',
    items: ['X4'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'A security policy of the tenant blocks the sign-in.',
      ja: 'テナントのセキュリティ ポリシーがサインインをブロックしました。',
    },
    action: readSignInLog,
  },
  {
    codes: [530035],
    cause: 'token.policy',
    items: ['X4', 'C6'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'Security defaults block the request as legacy or unsafe.',
      ja: 'セキュリティの既定値群が、レガシまたは安全でない要求としてブロックしました。',
    },
    action: {
      en: 'Replace security defaults by Conditional Access policies that exclude the mailbox account.',
      ja: 'セキュリティの既定値群の代わりに、メールボックスのアカウントを除外した条件付きアクセス ポリシーを使用してください。',
    },
  },
  {
    codes: [53004, 53010, 53011],
    cause: 'token.policy',
    items: ['X4', 'X5'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The sign-in is blocked because of risk, or because MFA may not be registered from this place.',
      ja: 'リスク、またはこの場所から MFA を登録できないことが原因で、サインインがブロックされました。',
    },
    action: {
      en: 'Let the identity protection team review the risk of the mailbox account.',
      ja: 'ID 保護の担当者に、メールボックスのアカウントのリスクを確認するよう依頼してください。',
    },
  },
  {
    codes: [700020],
    cause: 'token.policy',
    items: ['X4'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: {
      en: 'The grant needs a person to act in a browser.',
      ja: 'この許可には、ブラウザーでのユーザーの操作が必要です。',
    },
    action: {
      en: 'Create the token again in ECE, signed in as the mailbox’s own account.',
      ja: 'メールボックスのアカウントでサインインし、ECE でトークンを作成し直してください。',
    },
  },
  {
    codes: [140000, 135011],
    cause: 'token.denied',
    items: ['X4'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The nonce of the request is not valid, or the device is disabled in the directory.',
      ja: '要求の nonce が無効であるか、デバイスがディレクトリで無効になっています。',
    },
    action: identityTeam,
  },
] as const satisfies readonly AadstsRow[];
