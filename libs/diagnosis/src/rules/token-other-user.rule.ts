import { byClaims } from '../evidence/claims.ts';
import { defineRule } from '../rule.ts';
import { expectedUser, isTokenCheck, sameUser } from '../sign-in/sign-in.ts';
import { words } from '../words/told.ts';

export const tokenOtherUser = defineRule({
  id: 'token.other-user',
  items: ['C5'],
  owner: 'ece-administrator',
  confidence: 'certain',
  ofTenant: true,
  words: words<{ user: string; expected: string }>({
    en: {
      sentence: ({ user, expected }) => `The token belongs to ${user}, and ${expected} is expected.`,
      cause: () =>
        'The browser signed in the user of the workstation by itself (single sign-on) when the token was made, and not the account that may open the mailbox.',
      nextStep: ({ expected }) =>
        `Make the token again in a private browser window, and sign in as ${expected}. Where a policy asks for a known device, use a browser profile of its own on one.`,
    },
    ja: {
      sentence: ({ user, expected }) =>
        `トークンのユーザーは ${user} ですが、${expected} である必要があります。`,
      cause: () =>
        'トークンの作成時に、メールボックスを開けるアカウントではなく、端末のユーザーがシングル サインオンで自動的にサインインしました。',
      nextStep: ({ expected }) =>
        `プライベート ウィンドウで ${expected} としてサインインし、トークンを作り直してください。準拠デバイスを要求するポリシーがある場合は、準拠デバイス上の別のブラウザー プロファイルを使用してください。`,
    },
  }),
  // A mailbox may be opened by a shared account, so without being told whose token it is, nothing is expected.
  find: byClaims(({ user, userFrom }, result, context) => {
    const expected = isTokenCheck(result) ? (result.target.mailbox ?? null) : expectedUser(result, context);
    if (user === null || expected === null || sameUser(user, expected)) return null;
    return { about: expected, said: `user ${user} (${userFrom})`, details: { user, expected } };
  }),
});
