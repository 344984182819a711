import type { CheckResult } from '@mailpath/protocol';
import { byClaims } from '../evidence/claims.ts';
import { keptByNames } from '../kept.ts';
import type { RuleContext, SiteView } from '../look.ts';
import { defineRule } from '../rule.ts';
import { homeOfGuest, otherName } from '../sign-in/identity.ts';
import { loginsAs } from '../sign-in/logins-of.ts';
import { claimsOf, nameKey, userFor } from '../sign-in/sign-in.ts';
import { words } from '../words/told.ts';

/** Whether a mailbox opened for this user with such a token, on any server: then there is nothing to say. */
const opensAnyway = keptByNames((site: SiteView, user: string): boolean => {
  const ofGuests = site.servers.flatMap((server) =>
    loginsAs(user, { site, server }).filter((each) => {
      const claims = claimsOf(each, { site, server });
      return claims !== null && homeOfGuest(claims) !== null;
    }),
  );
  return otherName(ofGuests) === 'works';
});

const forWhom = (result: CheckResult, context: RuleContext): string => userFor(result, context);

/**
 * An account of another organization, invited into the tenant: it signs in well, the token is of the right tenant, and
 * no mailbox of the tenant is its own.
 */
export const tokenGuest = defineRule({
  id: 'token.guest',
  items: ['C5', 'X3'],
  owner: 'ece-administrator',
  confidence: 'likely',
  ofTenant: true,
  words: words<{ user: string; home: string; expected: string }>({
    en: {
      sentence: ({ user, home, expected }) =>
        `The token for ${expected} belongs to a guest of the tenant${user === '' ? '' : ` (${user})`}, whose account lives elsewhere: ${home}.`,
      cause: () =>
        'A guest is an account of another organization, or a personal one, that was invited. Exchange Online gives it no mailbox here and opens none for it, although the sign-in succeeds.',
      nextStep: ({ expected }) =>
        `Make the token again in a private browser window, and sign in as ${expected} with an account that was made in this tenant and has a mailbox, or full access to one.`,
    },
    ja: {
      sentence: ({ user, home, expected }) =>
        `${expected} 用のトークンはテナントのゲスト${user === '' ? '' : ` (${user})`} のもので、アカウントは別の場所にあります: ${home}。`,
      cause: () =>
        'ゲストは、招待された別組織または個人のアカウントです。サインインには成功しますが、Exchange Online はゲストにこのテナントのメールボックスを用意せず、開くことも許可しません。',
      nextStep: ({ expected }) =>
        `プライベート ウィンドウで、このテナントで作成されメールボックスまたはそのフル アクセス許可を持つアカウントを使って ${expected} としてサインインし、トークンを作り直してください。`,
    },
  }),
  find: byClaims((claims, result, context) => {
    const home = homeOfGuest(claims);
    const expected = forWhom(result, context);
    if (home === null || opensAnyway(context.site, nameKey(expected))) return null;
    const user = claims.user ?? '';
    return {
      about: nameKey(expected),
      said: [user && `user ${user}`, claims.idp && `idp ${claims.idp}`].filter(Boolean).join(', '),
      details: { user, home, expected },
    };
  }),
});
