import { byClaims, deniedLogin } from '../evidence/claims.ts';
import { defineRule } from '../rule.ts';
import { userFor } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

export const tokenExpired = defineRule({
  id: 'token.expired',
  items: ['C4'],
  owner: 'ece-administrator',
  ofTenant: true,
  words: words<{ until: string }>({
    en: {
      sentence: ({ mailboxes, until }) => `The access token of ${en.list(mailboxes)} ran out at ${until}.`,
      cause: () =>
        'The token was not refreshed in time; mail works for about an hour after sign-in and then stops.',
      nextStep: () =>
        'See why the services server cannot refresh it: its path to the sign-in host, the refresh token, the client secret.',
    },
    ja: {
      sentence: ({ mailboxes, until }) =>
        `${ja.list(mailboxes)} のアクセス トークンは ${until} に期限切れになりました。`,
      cause: () =>
        'トークンが期限までに更新されていません。サインイン後約 1 時間はメールが動作し、その後停止します。',
      nextStep: () =>
        'サービス サーバーが更新できない理由を確認してください: サインイン ホストへの経路、更新トークン、クライアント シークレット。',
    },
  }),
  find: byClaims(({ exp }, result, context) => {
    if (exp === null || !deniedLogin(result) || exp * 1000 > Date.parse(result.startedAt)) return null;
    const end = new Date(exp * 1000);
    // A number that is no moment tells nothing; a token may say what it likes.
    if (Number.isNaN(end.getTime())) return null;
    const until = end.toISOString();
    return { about: userFor(result, context), said: `exp ${until}`, details: { until } };
  }),
});
