import { type CheckResult, CLOUD_TARGETS, type Cloud, TOKEN_RESOURCE } from '@mailpath/protocol';
import { byClaims } from '../evidence/claims.ts';
import { kept } from '../kept.ts';
import type { RuleContext } from '../look.ts';
import { defineRule } from '../rule.ts';
import { type Resource, resourceOf } from '../settings/exchange-resource.ts';
import { grantOf, IDENTITIES } from '../sign-in/identity.ts';
import { isAppOnly } from '../sign-in/sign-in.ts';
import * as en from '../words/en/phrases.ts';
import * as ja from '../words/ja/phrases.ts';
import { words } from '../words/told.ts';

const CLOUDS = Object.keys(TOKEN_RESOURCE) as Cloud[];

/** The cloud whose mail hosts the server looks at; null where they are none of Microsoft's, as in a rehearsal. */
const cloudOf = ({ server }: RuleContext): Cloud | null => cloudAmong(server.results);

/** Once for a server: it may have a thousand mailboxes. */
const cloudAmong = kept((results: readonly CheckResult[]) => {
  const hosts = new Set(results.map(({ target }) => target.host));
  return CLOUDS.find((cloud) => hosts.has(CLOUD_TARGETS[cloud].imap.host)) ?? null;
});

/** What an audience stands for; in a cloud that is not known, Exchange Online of any of them. */
function resourceFor(aud: string, context: RuleContext): Resource {
  const cloud = cloudOf(context);
  if (cloud !== null) return resourceOf(aud, cloud);
  const each = CLOUDS.map((one) => resourceOf(aud, one));
  return each.find((one) => one === 'exchange') ?? each[0] ?? 'unknown';
}

/** An opaque token does not say whom it is for. */
export const isForExchange = (aud: string | null, context: RuleContext): boolean =>
  aud === null || resourceFor(aud, context) === 'exchange';

interface Details {
  audience: string;
  /** Absent in what an older version stored, which knew users' tokens of the worldwide cloud alone. */
  is?: Resource;
  /** What to ask for instead. */
  wanted?: string[];
}

const WANTED = Object.values(IDENTITIES).map(
  ({ user }) => `${TOKEN_RESOURCE.worldwide.delegated}/${user.permission}`,
);

export const tokenAudience = defineRule({
  id: 'token.audience',
  items: ['X2'],
  owner: 'entra',
  confidence: 'certain',
  ofTenant: true,
  words: words<Details>({
    en: {
      sentence: ({ audience, is }) =>
        is === 'exchange-of-another-cloud'
          ? `The token is for ${audience}, which is Exchange Online of another cloud.`
          : `The token is for ${audience}, and not for Exchange Online.`,
      cause: ({ is }) =>
        is === 'exchange-of-another-cloud'
          ? 'The requested scopes belong to another cloud than the mail servers, and each cloud accepts only its own tokens.'
          : 'The scopes that were asked for belong to another service, most often Microsoft Graph; the mail servers accept no such token.',
      nextStep: ({ wanted = WANTED }) =>
        `Ask for ${en.list(wanted)} in place of the scopes of today, and get a new token.`,
    },
    ja: {
      sentence: ({ audience, is }) =>
        is === 'exchange-of-another-cloud'
          ? `トークンの対象は ${audience} で、別のクラウドの Exchange Online です。`
          : `トークンの対象は ${audience} で、Exchange Online ではありません。`,
      cause: ({ is }) =>
        is === 'exchange-of-another-cloud'
          ? '要求したスコープがメール サーバーとは別のクラウドのものです。各クラウドは、そのクラウドのトークンだけを受け入れます。'
          : '要求したスコープが別のサービス (多くは Microsoft Graph) のものです。メール サーバーはこのトークンを受け入れません。',
      nextStep: ({ wanted = WANTED }) =>
        `現在のスコープの代わりに ${ja.list(wanted)} を要求し、新しいトークンを取得してください。`,
    },
  }),
  find: byClaims((claims, result, context) => {
    const { aud } = claims;
    if (aud === null || isForExchange(aud, context)) return null;
    const { delegated, application } = TOKEN_RESOURCE[cloudOf(context) ?? 'worldwide'];
    return {
      about: aud,
      said: `aud ${aud}`,
      details: {
        audience: aud,
        is: resourceFor(aud, context),
        // The application's own token names the resource as a whole; what it may do, its roles say.
        wanted:
          isAppOnly(result) || grantOf(claims) === 'application'
            ? [`${application}/.default`]
            : Object.values(IDENTITIES).map(({ user }) => `${delegated}/${user.permission}`),
      },
    };
  }),
});
