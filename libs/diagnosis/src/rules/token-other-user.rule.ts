import type { CheckResult } from '@mailpath/protocol';
import { byClaims } from '../evidence/claims.ts';
import { kept, keptByNames } from '../kept.ts';
import type { RuleContext, ServerView, SiteFacts, SiteView } from '../look.ts';
import { defineRule } from '../rule.ts';
import { homeOfGuest, type OtherName, otherName } from '../sign-in/identity.ts';
import { loginsAs } from '../sign-in/logins-of.ts';
import { claimsOf, expectedUser, isTokenCheck, nameKey, sameUser } from '../sign-in/sign-in.ts';
import { words } from '../words/told.ts';

export const tokenOtherUser = defineRule({
  id: 'token.other-user',
  items: ['C5'],
  owner: 'ece-administrator',
  // Where a user name of its own was entered, the mailbox's address is not merely taken for one.
  confidence: ({ entered, tried }) => (tried === false ? 'possible' : entered ? 'certain' : 'likely'),
  ofTenant: true,
  words: words<{ user: string; expected: string; tried?: boolean; entered?: boolean }>({
    en: {
      sentence: ({ user, expected }) => `The token belongs to ${user}, and ${expected} is expected.`,
      cause: ({ tried }) =>
        tried === false
          ? 'It may be another name of the same account, or of a user who may open the mailbox: a sign-in name need not be the mail address. No sign-in to the mailbox has shown which.'
          : 'The browser signed in the user of the workstation by itself (single sign-on) when the token was made, and not the account that may open the mailbox.',
      nextStep: ({ expected, user, tried }) =>
        tried === false
          ? `If ${user} is the account that is meant, enter it as the user name of the mailbox.`
          : `Make the token again in a private browser window, and sign in as ${expected}. Where a policy asks for a known device, use a browser profile of its own on one.`,
    },
    ja: {
      sentence: ({ user, expected }) =>
        `トークンのユーザーは ${user} ですが、${expected} である必要があります。`,
      cause: ({ tried }) =>
        tried === false
          ? 'サインイン名はメール アドレスと同じとは限らず、同じアカウントの別名、またはメールボックスを開ける別のユーザーの可能性があります。メールボックスへのサインインではまだ確認されていません。'
          : 'トークンの作成時に、メールボックスを開けるアカウントではなく、端末のユーザーがシングル サインオンで自動的にサインインしました。',
      nextStep: ({ expected, user, tried }) =>
        tried === false
          ? `${user} が意図したアカウントであれば、メールボックスのユーザー名として登録してください。`
          : `プライベート ウィンドウで ${expected} としてサインインし、トークンを作り直してください。準拠デバイスを要求するポリシーがある場合は、準拠デバイス上の別のブラウザー プロファイルを使用してください。`,
    },
  }),
  // A mailbox may be opened by a shared account, so without being told whose token it is, nothing is expected.
  find: byClaims((claims, result, context) => {
    const { user, userFrom } = claims;
    // Whoever is no account of the tenant has no mailbox there, whatever its name: that has a rule of its own.
    if (homeOfGuest(claims) !== null) return null;
    const expected = isTokenCheck(result) ? (result.target.mailbox ?? null) : expectedUser(result, context);
    if (user === null || expected === null || sameUser(user, expected)) return null;
    const found = nameFound(context.site, nameKey(user), nameKey(expected));
    // What the token is for works: two names of one account, or a user who has full access.
    if (found === 'works') return null;
    const tried = found === 'refused';
    return {
      about: expected,
      said: `user ${user} (${userFrom})`,
      details: { user, expected, tried, entered: tried && enteredByHand(expected, context) },
      ...(tried ? {} : { weighAs: 'info' }),
    };
  }),
});

/**
 * By the sign-ins with this token to the mailboxes that it is for, on every server: a token is made on one and used on
 * others. Each pair of names is looked at once, however many mailboxes a shared account opens.
 */
const nameFound = keptByNames((site: SiteView, user: string, expected: string): OtherName => {
  const isWithToken = (each: CheckResult, server: ServerView): boolean =>
    nameKey(claimsOf(each, { site, server })?.user ?? '') === user;
  return otherName(
    site.servers.flatMap((server) =>
      loginsAs(expected, { site, server }).filter((each) => isWithToken(each, server)),
    ),
  );
});

/** The site says that another user opens the mailbox than the one of its address. */
const enteredByHand = (user: string, { site }: RuleContext): boolean => byHand(site.facts).has(nameKey(user));

const byHand = kept(
  ({ mailboxes = [] }: SiteFacts) =>
    new Set(mailboxes.flatMap(({ user, address }) => (sameUser(user, address) ? [] : [nameKey(user)]))),
);
