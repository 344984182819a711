import { type CheckResult, MAIL_SCOPES } from '@mailpath/protocol';
import { byClaims, deniedFor } from '../evidence/claims.ts';
import { kept } from '../kept.ts';
import { distinct, type RuleContext } from '../look.ts';
import { defineRule } from '../rule.ts';
import { isForExchange } from './token-audience.rule.ts';
import { scopeFor } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

/** By what the site does, and by what was refused. */
function neededScopes(result: CheckResult, context: RuleContext): string[] {
  const { inbound } = context.site.facts;
  const own = inbound === 'undecided' ? [] : [MAIL_SCOPES[inbound]];
  return distinct([MAIL_SCOPES.smtp, ...own, ...scopesOfAll(deniedFor(result, context))]);
}

/** Once for all that a user's token was refused for: a shared account may open a thousand mailboxes. */
const scopesOfAll = kept((refused: readonly CheckResult[]) => distinct(refused.map(scopeFor)));

export const tokenScope = defineRule({
  id: 'token.scope',
  items: ['X2'],
  owner: 'entra',
  confidence: 'certain',
  ofTenant: true,
  words: words<{ scopes: string[]; granted: string }>({
    en: {
      sentence: ({ scopes, granted }) => `The token lacks ${en.list(scopes)}; it has: ${granted || 'none'}.`,
      cause: () => 'The permission was not asked for, or nobody consented to it.',
      nextStep: ({ scopes }) =>
        `Add ${en.list(scopes)} to the permissions of the Entra application and to the scopes in ECE, let an administrator consent, and make the token again.`,
    },
    ja: {
      sentence: ({ scopes, granted }) =>
        `トークンに ${ja.list(scopes)} がありません。含まれるスコープ: ${granted || 'なし'}。`,
      cause: () => 'このアクセス許可が要求されていないか、同意されていません。',
      nextStep: ({ scopes }) =>
        `Entra アプリケーションのアクセス許可と ECE のスコープに ${ja.list(scopes)} を追加し、管理者の同意を得て、トークンを作り直してください。`,
    },
  }),
  find: byClaims(({ aud, scp, idtyp }, result, context) => {
    // An application's own token has roles and no scopes; an opaque one does not say.
    if (scp === null || idtyp === 'app') return null;
    // What a token for another service lacks is no second fault: the scopes are of that service.
    if (!isForExchange(aud, context)) return null;
    // Entra ID takes scopes in any case, and gives back what was asked for.
    const granted = scp.toLowerCase().split(' ');
    const scopes = neededScopes(result, context).filter((scope) => !granted.includes(scope.toLowerCase()));
    return scopes.length === 0
      ? null
      : { about: scopes.join(' '), said: `scp ${scp}`, details: { scopes, granted: scp } };
  }),
});
