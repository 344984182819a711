import type { Reason } from './refusal.ts';
import { refusal, type Refusal } from '../../platform/refusal.ts';

// What a person is told who comes back from a provider of OpenID Connect without a session.

type OfReason = { readonly [Why in Reason['why']]: (reason: Extract<Reason, { why: Why }>) => Refusal };

export const notSignedIn: OfReason = {
  'not-begun': refusal('trust.open-id-not-begun', {
    en: () =>
      'This sign-in was not begun in this browser, was completed before, or began more than ten minutes ago. Begin again from the sign-in page of Mailpath.',
    ja: () =>
      'このサインインは、このブラウザーで開始されていないか、すでに完了しているか、開始から 10 分以上が過ぎています。Mailpath のサインイン ページからやり直してください。',
  }),
  'provider-refused': refusal<{ error: string }>('trust.open-id-provider-refused', {
    en: ({ error }) => `The provider refused the sign-in (${error}). Ask who administers it, or begin again.`,
    ja: ({ error }) =>
      `プロバイダーがサインインを拒否しました（${error}）。プロバイダーの管理者に確認するか、やり直してください。`,
  }),
  'not-proven': refusal('trust.open-id-not-proven', {
    en: () =>
      'The answer of the provider is not proven to be for this sign-in: it was used before, is too old, or is not signed by the provider for Mailpath. Begin again; if this page comes back, show it to an administrator of Mailpath.',
    ja: () =>
      'プロバイダーの応答が、このサインインに対するものと確認できません。使用済みか、期限切れか、Mailpath に対するプロバイダーの署名がありません。やり直してもこのページが表示される場合は、Mailpath の管理者に見せてください。',
  }),
  'no-role': refusal('trust.open-id-no-role', {
    en: () =>
      'You are known to the provider, and none of your groups and app roles has a role in Mailpath. Ask an administrator of Mailpath: MAILPATH_OPENID_ROLES gives roles to groups.',
    ja: () =>
      'プロバイダーでは認証されましたが、所属するグループとアプリ ロールのいずれにも Mailpath のロールがありません。Mailpath の管理者に依頼してください。ロールは MAILPATH_OPENID_ROLES でグループに割り当てます。',
  }),
  'too-many-groups': refusal('trust.open-id-too-many-groups', {
    en: () =>
      'You are in more groups than the provider puts into a token, so your roles cannot be told. An administrator of the provider lets it send the groups assigned to the application only, or gives app roles instead.',
    ja: () =>
      '所属するグループが多く、プロバイダーがトークンに含められないため、ロールを判定できません。プロバイダーの管理者が、アプリケーションに割り当てたグループだけを送るように設定するか、アプリ ロールを割り当ててください。',
  }),
  'provider-down': refusal('trust.open-id-provider-down', {
    en: () =>
      'The provider does not answer Mailpath at the moment. Try again later; who has a password can sign in with it.',
    ja: () =>
      'プロバイダーが現在 Mailpath に応答しません。後でやり直してください。パスワードがあれば、それでサインインできます。',
  }),
  'client-refused': refusal<{ error: string }>('trust.open-id-client-refused', {
    en: ({ error }) =>
      `The provider refuses Mailpath itself (${error}): its client id or client secret is wrong or has expired. An administrator of Mailpath sets a new one in MAILPATH_OPENID_CLIENT_SECRET.`,
    ja: ({ error }) =>
      `プロバイダーが Mailpath 自体を拒否しています（${error}）。クライアント ID またはクライアント シークレットが正しくないか、期限切れです。Mailpath の管理者が MAILPATH_OPENID_CLIENT_SECRET に新しい値を設定してください。`,
  }),
};
