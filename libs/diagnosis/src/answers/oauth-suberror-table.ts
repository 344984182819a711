import { createTokenAgain, newPassword, personNeeded, readSignInLog } from '@mailpath/protocol';
import { OAUTH_ERRORS, type OAuthErrorRow } from './oauth-error-table.ts';

/**
 * By `suberror`, which Entra ID sends with `interaction_required` and `invalid_grant` (MSAL: interaction required
 * errors).
 */
export const OAUTH_SUBERRORS: Readonly<Record<string, OAuthErrorRow>> = {
  basic_action: {
    items: ['X4'],
    owner: 'ece-administrator',
    retry: 'user',
    meaning: personNeeded,
    action: createTokenAgain,
  },
  additional_action: {
    items: ['X4'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'A person must fix something outside the sign-in, such as the state of a device.',
      ja: 'デバイスの状態など、サインイン以外の対処をユーザーが行う必要があります。',
    },
    action: {
      en: 'Sign in once in a browser as the mailbox user, follow what is shown there, then create the token again in ECE.',
      ja: 'ブラウザーでメールボックスのユーザーとしてサインインし、表示される指示に従ってから、ECE でトークンを作成し直してください。',
    },
  },
  message_only: {
    items: ['X4'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'The sign-in cannot succeed now; in a browser Entra ID shows why.',
      ja: '現在はサインインできません。理由はブラウザーで Entra ID に表示されます。',
    },
    action: {
      en: 'Sign in once in a browser as the mailbox user and read the message.',
      ja: 'ブラウザーでメールボックスのユーザーとしてサインインし、表示されるメッセージを確認してください。',
    },
  },
  consent_required: OAUTH_ERRORS.consent_required,
  user_password_expired: {
    items: ['X5'],
    owner: 'entra',
    retry: 'user',
    meaning: {
      en: 'The password of the account expired.',
      ja: 'アカウントのパスワードの有効期限が切れています。',
    },
    action: newPassword,
  },
  bad_token: OAUTH_ERRORS.invalid_grant,
  token_expired: OAUTH_ERRORS.invalid_grant,
  protection_policy_required: {
    items: ['X4'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'A policy of the tenant wants an application that Intune protects, which ECE is none of.',
      ja: 'テナントのポリシーが、Intune で保護されたアプリケーションを要求しています。ECE は該当しません。',
    },
    action: readSignInLog,
  },
  device_authentication_failed: {
    items: ['X4'],
    owner: 'entra',
    retry: 'no',
    meaning: {
      en: 'A policy of the tenant wants a device that proves itself, and this sign-in brought none that it accepts.',
      ja: 'テナントのポリシーがデバイスの認証を要求していますが、このサインインでは認められるデバイスが示されていません。',
    },
    action: readSignInLog,
  },
};

/**
 * Of these words each says one thing, whatever the number; the others (`basic_action`, `message_only`) say only what a
 * person may do about it.
 */
const SPECIAL: ReadonlySet<string> = new Set([
  'bad_token',
  'token_expired',
  'consent_required',
  'user_password_expired',
  'protection_policy_required',
  'device_authentication_failed',
]);

export const saysOneThing = (suberror: string): boolean => SPECIAL.has(suberror);
