import type { Language } from '@mailpath/protocol';
import { escaped } from '@mailpath/terminal';
import { personPage } from '../../platform/http/person-page.ts';
import type { Reason } from './refusal.ts';

interface Words {
  readonly title: string;
  readonly lead: string;
  readonly groups: string;
  readonly appRoles: string;
  readonly none: string;
  readonly again: string;
}

type OfReason = { readonly [Why in Reason['why']]: (reason: Extract<Reason, { why: Why }>) => string };

const EN: OfReason = {
  'not-begun': () =>
    'This sign-in was not begun in this browser, was completed before, or began more than ten minutes ago. Begin again from the sign-in page of Mailpath.',
  'provider-refused': ({ error }) =>
    `The provider refused the sign-in (${error}). Ask who administers it, or begin again.`,
  'not-proven': () =>
    'The answer of the provider is not proven to be for this sign-in: it was used before, is too old, or is not signed by the provider for Mailpath. Begin again; if this page comes back, show it to an administrator of Mailpath.',
  'no-role': () =>
    'You are known to the provider, and none of your groups and app roles has a role in Mailpath. Ask an administrator of Mailpath: MAILPATH_OPENID_ROLES gives roles to groups.',
  'too-many-groups': () =>
    'You are in more groups than the provider puts into a token, so your roles cannot be told. An administrator of the provider lets it send the groups assigned to the application only, or gives app roles instead.',
  'provider-down': () =>
    'The provider does not answer Mailpath at the moment. Try again later; who has a password can sign in with it.',
  'client-refused': ({ error }) =>
    `The provider refuses Mailpath itself (${error}): its client id or client secret is wrong or has expired. An administrator of Mailpath sets a new one in MAILPATH_OPENID_CLIENT_SECRET.`,
};
const JA: OfReason = {
  'not-begun': () =>
    'このサインインは、このブラウザーで開始されていないか、すでに完了しているか、開始から 10 分以上が過ぎています。Mailpath のサインイン ページからやり直してください。',
  'provider-refused': ({ error }) =>
    `プロバイダーがサインインを拒否しました（${error}）。プロバイダーの管理者に確認するか、やり直してください。`,
  'not-proven': () =>
    'プロバイダーの応答が、このサインインに対するものと確認できません。使用済みか、期限切れか、Mailpath に対するプロバイダーの署名がありません。やり直してもこのページが表示される場合は、Mailpath の管理者に見せてください。',
  'no-role': () =>
    'プロバイダーでは認証されましたが、所属するグループとアプリ ロールのいずれにも Mailpath のロールがありません。Mailpath の管理者に依頼してください。ロールは MAILPATH_OPENID_ROLES でグループに割り当てます。',
  'too-many-groups': () =>
    '所属するグループが多く、プロバイダーがトークンに含められないため、ロールを判定できません。プロバイダーの管理者が、アプリケーションに割り当てたグループだけを送るように設定するか、アプリ ロールを割り当ててください。',
  'provider-down': () =>
    'プロバイダーが現在 Mailpath に応答しません。後でやり直してください。パスワードがあれば、それでサインインできます。',
  'client-refused': ({ error }) =>
    `プロバイダーが Mailpath 自体を拒否しています（${error}）。クライアント ID またはクライアント シークレットが正しくないか、期限切れです。Mailpath の管理者が MAILPATH_OPENID_CLIENT_SECRET に新しい値を設定してください。`,
};

const TEXTS: Record<Language, OfReason> = { en: EN, ja: JA };
const WORDS: Record<Language, Omit<Words, 'lead'>> = {
  en: {
    title: 'Not signed in to Mailpath',
    groups: 'Groups that came',
    appRoles: 'App roles that came',
    none: 'none',
    again: 'To the sign-in page',
  },
  ja: {
    title: 'Mailpath にサインインできませんでした',
    groups: '届いたグループ',
    appRoles: '届いたアプリ ロール',
    none: 'なし',
    again: 'サインイン ページへ',
  },
};

/** The page of a person who was not signed in. `home` is the address of Mailpath. */
export function refusalPage(reason: Reason, language: Language, home: string): string {
  const words = WORDS[language];
  const textOf = TEXTS[language][reason.why] as (reason: Reason) => string;
  const list = (title: string, items: readonly string[]): string =>
    `<h2>${title}</h2>\n<ul>${(items.length > 0 ? items : [words.none]).map((each) => `<li>${escaped(each)}</li>`).join('')}</ul>\n`;
  const came =
    reason.why === 'no-role' ? list(words.groups, reason.groups) + list(words.appRoles, reason.appRoles) : '';
  return personPage(
    language,
    words.title,
    `<p>${escaped(textOf(reason))}</p>\n${came}<p><a href="${escaped(home)}/">${words.again}</a></p>`,
  );
}
